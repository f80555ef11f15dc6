import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { findTranscripts } from "./transcripts.ts";

const STAMP = /"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/g;

/** Copies the demo sessions to `to`, moved in time so that the last one ends a moment ago; answers `to`. */
export async function unpackDemo(from: string, to: string, now = new Date()): Promise<string> {
  const files = (await findTranscripts(from)).map(file => file.path);
  const texts = await Promise.all(files.map(file => readFile(file, "utf8")));
  const newest = Math.max(
    ...texts.flatMap(text => (text.match(STAMP) ?? []).map(stamp => Date.parse(JSON.parse(stamp)))),
  );
  const shift = now.getTime() - 60_000 - newest;
  const moved = (stamp: string) =>
    JSON.stringify(new Date(Date.parse(JSON.parse(stamp)) + shift).toISOString());
  await rm(to, { recursive: true, force: true });
  for (const [i, file] of files.entries()) {
    const copy = join(to, relative(from, file));
    await mkdir(dirname(copy), { recursive: true });
    await writeFile(copy, texts[i]?.replace(STAMP, moved) ?? "");
  }
  return to;
}
