import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { demoFiles } from "./demo.ts";

const root = join(import.meta.dirname, "../../media/demo/projects");
const files = demoFiles();

// files of sessions that no longer exist must not stay behind
rmSync(root, { recursive: true, force: true });
for (const { path, text } of files) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
const size = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
console.log(`media/demo: ${Math.round(size / 1024)} kB`);
