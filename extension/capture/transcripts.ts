import { opendir, stat } from "node:fs/promises";
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
  for await (const path of walk(join(folder, PROJECTS))) {
    const info = await stat(path).catch(() => undefined);
    if (info) files.push({ path, modified: info.mtimeMs, size: info.size });
  }
  return files;
}

/** What can't be read is passed over: the folder's state tells of it, and the watcher. */
async function* walk(folder: string): AsyncGenerator<string> {
  const entries = await opendir(folder).catch(() => undefined);
  if (!entries) return;
  for await (const entry of entries) {
    const path = join(folder, entry.name);
    // A project's folder may be a link; one that leads nowhere is not a folder.
    const linked = entry.isSymbolicLink() && (await stat(path).catch(() => undefined))?.isDirectory();
    if (entry.isDirectory() || linked) yield* walk(path);
    else if (isTranscript(entry.name)) yield path;
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
