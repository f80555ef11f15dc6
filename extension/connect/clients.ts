import { open } from "node:fs/promises";
import { findTranscripts } from "../capture/transcripts.ts";

/** A client that was not used for so long has likely been updated. */
const RECENT = 30 * 24 * 60 * 60 * 1000;
const MOST = 50;
const END = 16 * 1024;

/** The versions of Claude Code that wrote to a folder of late, oldest first: what their transcripts end with. */
export async function recentClients(claudeDir: string, now = Date.now()): Promise<string[]> {
  const recent = (await findTranscripts(claudeDir)).filter(({ modified }) => modified > now - RECENT);
  const newest = recent.sort((a, b) => b.modified - a.modified).slice(0, MOST);
  const versions = await Promise.all(
    newest.map(({ path, size }) => versionIn(path, size).catch(() => undefined)),
  );
  const known = new Set(versions.filter(version => version !== undefined));
  return [...known].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

async function versionIn(path: string, size: number): Promise<string | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(END), 0, END, Math.max(0, size - END));
    return buffer
      .toString("utf8", 0, bytesRead)
      .match(/"version":"\d+\.\d+\.\d+(?=[-"])/g)
      ?.at(-1)
      ?.slice(11);
  } finally {
    await file.close();
  }
}
