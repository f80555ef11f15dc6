import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Which version of Agent Trace this is. */
export async function versionOf(): Promise<string> {
  const manifest = await readFile(join(__dirname, "..", "package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
