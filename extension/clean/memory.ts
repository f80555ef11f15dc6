import type { Spot } from "./facts.ts";

/** A tool call whose result has not been seen. */
export interface Call {
  name: string;
  at: number;
  spot: Spot;
  /** The session that made it, which in a fork is not the one whose file this is. */
  session: string;
  agent?: string | undefined;
  /** What its output has to be looked through for. */
  commit?: true | undefined;
  pull?: true | undefined;
  /** The keyed hash of the path of a file that a sub-agent reads whole, or edits. */
  file?: string | undefined;
  /** The keyed hash of what a sub-agent was asked, by which the client 1.0 lets us find its lines. */
  asked?: string | undefined;
}

/**
 * What earlier lines of a file said that later ones need. It is stored with how far the file was read, so that
 * reading can stop and go on at any line; it has ids and places, no words.
 */
export interface Memory {
  /** The prompt that is being answered. */
  prompt?: string;
  /** The same, as long as no line has told which session it belongs to. */
  unanswered?: { id: string; at: number; spot: Spot };
  /** By the id of the call. */
  calls: Record<string, Call>;
  /** Which call's sub-agent wrote a line, by the line's id: of the client 1.0, whose lines don't say it. */
  inline: Record<string, string>;
  /** When the file was begun, as long as nothing of its own was read. */
  head?: { begun?: number } | undefined;
  /** The line before, if the next tells by it whether it is a copy. */
  before?: { uuid: string; at: number; copied: boolean };
  /** Where a sub-agent was shown the whole of a file, by its hash, until it changed it: results of its edits lack it. */
  reads: Record<string, Spot>;
}

export function blankMemory(): Memory {
  return { calls: {}, inline: {}, reads: {}, head: {} };
}

/** A session that was killed in a call leaves it open for ever; so many are kept in mind. */
const MOST_CALLS = 200;

export function rememberCall(memory: Memory, id: string, call: Call): void {
  memory.calls[id] = call;
  const ids = Object.keys(memory.calls);
  const [oldest] = ids;
  if (ids.length > MOST_CALLS && oldest !== undefined) forgetCall(memory, oldest);
}

const MOST_READS = 100;

export function rememberRead(memory: Memory, file: string, spot: Spot): void {
  memory.reads[file] = spot;
  const [oldest, ...rest] = Object.keys(memory.reads);
  if (rest.length >= MOST_READS && oldest !== undefined) delete memory.reads[oldest];
}

export function forgetCall(memory: Memory, id: string): void {
  delete memory.calls[id];
  for (const line in memory.inline) if (memory.inline[line] === id) delete memory.inline[line];
}
