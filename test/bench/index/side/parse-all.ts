import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What was read, which shows that it was. */
export interface Parsed {
  files: number;
  lines: number;
  bytes: number;
}

const NEWLINE = 10;
const parsed: Parsed = { files: 0, lines: 0, bytes: 0 };
const folder = process.argv[2] ?? "";

for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }))
  if (name.endsWith(".jsonl")) parseFile(join(folder, name));
process.stdout.write(JSON.stringify(parsed));

function parseFile(path: string): void {
  const bytes = readFileSync(path);
  parsed.files++;
  parsed.bytes += bytes.length;
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(NEWLINE, from);
    const to = end === -1 ? bytes.length : end;
    JSON.parse(bytes.toString("utf8", from, to));
    parsed.lines++;
    from = to + 1;
  }
}
