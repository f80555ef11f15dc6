import { mkdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { findTranscripts } from "./transcripts.ts";

const STAMP = /"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z"/g;

/** Copies the demo sessions to `to`, moved in time so that the last one is at work right now; answers `to`. */
export async function unpackDemo(from: string, to: string, now = new Date()): Promise<string> {
  const files = (await findTranscripts(from)).map(file => file.path);
  const texts = await Promise.all(files.map(file => readFile(file, "utf8")));
  const shift = now.getTime() - Math.max(...texts.map(newest));
  await rm(to, { recursive: true, force: true });
  for (const [i, file] of files.entries()) {
    const copy = join(to, relative(from, file));
    const text = (texts[i] ?? "").replace(STAMP, stamp => JSON.stringify(new Date(timeOf(stamp) + shift)));
    await mkdir(dirname(copy), { recursive: true });
    await writeFile(copy, text);
    // What stands beside a sub-agent's transcript says nothing of when.
    const at = newest(text);
    if (Number.isFinite(at)) await utimes(copy, new Date(at), new Date(at));
  }
  return to;
}

function newest(text: string): number {
  return Math.max(...(text.match(STAMP) ?? []).map(timeOf));
}

function timeOf(stamp: string): number {
  return Date.parse(JSON.parse(stamp));
}
