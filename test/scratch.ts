import { appendFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A throw-away folder: `await using folder = await scratch({ "a/b.txt": "text" })`. */
export async function scratch(files: Record<string, string> = {}) {
  const path = await mkdtemp(join(tmpdir(), "agent-trace-"));
  const folder = {
    path,
    at: (...parts: string[]) => join(path, ...parts),
    async write(name: string, text: string): Promise<string> {
      await mkdir(dirname(join(path, name)), { recursive: true });
      await writeFile(join(path, name), text);
      return join(path, name);
    },
    append: (name: string, text: string) => appendFile(join(path, name), text),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
  for (const [name, text] of Object.entries(files)) await folder.write(name, text);
  return folder;
}
