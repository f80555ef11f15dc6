import type { Chance } from "../../store/made-up/chance.ts";
import type { Part } from "./line-file.ts";
import type { Material } from "./material.ts";

/** What a tool call can be made of. */
export interface Workshop {
  chance: Chance;
  material: Material;
  /** The folder of the project. */
  cwd: string;
  /** Whether a sub-agent works: its lines do not say what a file was before. */
  agent: boolean;
}

/** What came of a tool call. */
export interface Outcome {
  /** What the model sees of it, as JSON. */
  content: Part[];
  /** The line's `toolUseResult`, as JSON. */
  result: Part[];
  /** Further fields of the line. */
  notes?: string;
  /** How many tokens the model reads. */
  tokens: number;
  /** Left out where the line says nothing about it. */
  failed?: boolean;
  edit?: { added: number; removed: number };
}

/** A tool call that a model asks for. */
export interface Call {
  tool: string;
  /** As JSON. */
  input: Part[];
  run(id: string): Outcome;
}

const BYTES_PER_TOKEN = 4;
/** A longer result is kept in a file of its own, or refused. */
const MOST_TOKENS = 25_000;

export function tokensOf(parts: Part[]): number {
  const bytes = parts.reduce((sum, part) => sum + part.length, 0);
  return Math.min(MOST_TOKENS, Math.ceil(bytes / BYTES_PER_TOKEN));
}

/** A call that went wrong, as Claude Code writes it. */
export function failure(text: Part[]): Outcome {
  return { content: ['"', ...text, '"'], result: ['"Error: ', ...text, '"'], tokens: 100, failed: true };
}
