/**
 * A window that waits for the newest sessions: it starts the recorder on an empty store, asks for the list again and
 * again, and prints after how many milliseconds of its life all of them were there.
 */
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Owner } from "../../../../extension/base/owner.ts";

async function main([claude = "", dataDir = "", count = "", since = ""]: string[]): Promise<void> {
  const place = { dataDir, folders: [claude], port: 0 };
  const owner = new Owner(join(process.cwd(), "dist/recorder.js"), place, () => {});
  const found = async () => {
    const sessions = await owner.sessions().catch(() => []);
    return sessions.filter(session => session.endedAt >= Number(since)).length;
  };
  while ((await found()) < Number(count)) await delay(5);
  process.stdout.write(String(Math.round(performance.now())));
  await owner.close();
  process.exit();
}

void main(process.argv.slice(2));
