import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { PROJECTS } from "./folders.ts";

/** A transcript file, of a session or of one of its sub-agents. */
export interface TranscriptFile {
  path: string;
  modified: number;
  size: number;
}

/** All transcripts below a Claude folder. */
export async function findTranscripts(folder: string): Promise<TranscriptFile[]> {
  const files: TranscriptFile[] = [];
  await walk(join(folder, PROJECTS), files);
  return files;
}

/** Deeper than Claude Code goes, in case a link leads back to where it lies. */
const DEEPEST = 8;

/** What can't be read is passed over: the folder's state tells of it, and the watcher. */
async function walk(folder: string, found: TranscriptFile[], depth = 0): Promise<void> {
  if (depth > DEEPEST) return;
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  await Promise.all(
    entries.map(async entry => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return walk(path, found, depth + 1);
      if (!entry.isSymbolicLink() && !isTranscript(path)) return;
      const info = await stat(path).catch(() => undefined);
      // A project's folder may be a link; one that leads nowhere is not a folder.
      if (info?.isDirectory()) return walk(path, found, depth + 1);
      if (info && isTranscript(path)) found.push({ path, modified: info.mtimeMs, size: info.size });
    }),
  );
}

/** True for the names that Claude Code gives to transcripts, and to what it writes beside those of sub-agents. */
export function isTranscript(path: string): boolean {
  return path.endsWith(".jsonl") || META.test(path);
}

const META = /([^/\\]+)[/\\]subagents[/\\]agent-([^/\\]+)\.meta\.json$/;

/** The sub-agent that a file is about, if it is not a transcript. */
export function agentOf(path: string): { agent: string; session: string } | undefined {
  const [, session, agent] = META.exec(path) ?? [];
  return session !== undefined && agent !== undefined ? { agent, session } : undefined;
}
