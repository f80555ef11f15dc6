import type { Ids } from "./ids.ts";
import type { Ledger } from "./meter.ts";
import type { Project } from "./project.ts";

/** One line of a transcript. */
export type Line = Record<string, unknown>;

/** A file of the demo: its path below `projects/` and its text. */
export type DemoFile = { path: string; text: string };

type Task = { subject: string; status: string };

/** What every conversation of a session shares. */
export type Scope = {
  readonly sessionId: string;
  readonly project: Project;
  readonly ids: Ids;
  readonly ledger: Ledger;
  readonly tally: Tally;
  readonly tasks: Task[];
  /** Transcripts of sub-agents and their descriptions. */
  readonly files: DemoFile[];
  promptId: string;
  /** Named by the client at the first compaction, and on every line from then on. */
  slug?: string;
};

/** Counts of what tools did. */
export class Tally {
  added = 0;
  removed = 0;
  apiMs = 0;
  retryMs = 0;
  toolMs = 0;
  readonly calls = new Map<string, number>();
  readonly edited = new Set<string>();

  call(name: string, ms: number): void {
    this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
    this.toolMs += ms;
  }

  edit(file: string, added: number, removed: number): void {
    this.edited.add(file);
    this.added += added;
    this.removed += removed;
  }

  /** Calls of the tools named, or of all tools. */
  count(...names: string[]): number {
    const counts = [...this.calls].filter(([name]) => names.length === 0 || names.includes(name));
    return counts.reduce((sum, [, count]) => sum + count, 0);
  }
}

/** A transcript as text. */
export function jsonl(lines: Line[]): string {
  return lines.map(line => `${JSON.stringify(line)}\n`).join("");
}
