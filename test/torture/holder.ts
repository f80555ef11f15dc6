/** A process that owns the store, until it is killed. */
import { join } from "node:path";
import { Owner } from "../../extension/base/owner.ts";

async function main([dataDir = "", recorder = ""]: string[]): Promise<void> {
  const owner = new Owner(recorder, { dataDir, folders: [join(dataDir, "none")], port: 0 }, () => {});
  await owner.ready();
  process.send?.("ready");
}

void main(process.argv.slice(2));
