import { type Dirent, readdirSync, type Stats, statSync } from "node:fs";
import { join, sep } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { PROJECTS } from "./folders.ts";

/** A transcript file, of a session or of one of its sub-agents. */
export interface TranscriptFile {
  path: string;
  modified: number;
  size: number;
}

/** For how long others may have to wait while we look: to ask for each file by itself would take ten times as long. */
const PATIENCE = 10;

/** All transcripts below a Claude folder. */
export async function findTranscripts(folder: string): Promise<TranscriptFile[]> {
  const files: TranscriptFile[] = [];
  const folders = [{ path: join(folder, PROJECTS), depth: 0 }];
  let pause = performance.now() + PATIENCE;
  for (let next = folders.pop(); next; next = folders.pop()) {
    for (const entry of list(next.path)) {
      if (performance.now() > pause) {
        await breathe();
        pause = performance.now() + PATIENCE;
      }
      const path = `${next.path}${sep}${entry.name}`; // by `join` it takes ten times as long
      const info = look(entry, path);
      if (info === "folder" && next.depth < DEEPEST) folders.push({ path, depth: next.depth + 1 });
      else if (typeof info === "object") files.push({ path, modified: info.mtimeMs, size: info.size });
    }
  }
  return files;
}

/** Deeper than Claude Code goes, in case a link leads back to where it lies. */
const DEEPEST = 8;

/** What can't be read is passed over: the folder's state tells of it. */
function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function look(entry: Dirent, path: string): "folder" | Stats | undefined {
  if (entry.isDirectory()) return "folder";
  if (!entry.isSymbolicLink() && !isTranscript(path)) return undefined;
  try {
    // A project's folder may be a link; one that leads nowhere, or to itself, is not a folder.
    const info = statSync(path);
    return info.isDirectory() ? "folder" : isTranscript(path) ? info : undefined;
  } catch {
    return undefined;
  }
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
