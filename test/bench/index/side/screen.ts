/**
 * A window that waits for the newest sessions: it starts the recorder on an empty store, asks for the list whenever
 * there is news, as the view of sessions does, and prints after how many milliseconds of its life all were there.
 */
import { join } from "node:path";
import { Owner } from "../../../../extension/base/owner.ts";

async function main([claude = "", dataDir = "", count = "", since = ""]: string[]): Promise<void> {
  const place = { dataDir, folders: [claude], port: 0 };
  const owner = new Owner(join(process.cwd(), "dist/recorder.js"), place, () => {});
  let news = () => {};
  owner.hints.on(() => news());
  owner.statusChanged.on(() => news());
  while (true) {
    const next = new Promise<void>(resolve => {
      news = resolve;
    });
    const sessions = await owner.sessions().catch(() => []);
    if (sessions.filter(session => session.endedAt >= Number(since)).length >= Number(count)) break;
    await next;
  }
  process.stdout.write(String(Math.round(performance.now())));
  await owner.close();
  process.exit();
}

void main(process.argv.slice(2));
