import { isTrouble } from "../../extension/base/steps.ts";
import type { ModelRequest, Prompt, Step } from "../../extension/protocol.ts";
import { kindOf } from "./kind.ts";
import { grouped, type Story } from "./story.ts";

/** What fills a context window, in the order in which it is drawn. */
export const FILLERS = [
  "base",
  "summary",
  "rest",
  "prompts",
  "answers",
  "thoughts",
  "files",
  "output",
  "agents",
] as const;
export type Filler = (typeof FILLERS)[number];

/** How many tokens each of them takes, and the output of each tool by itself. */
export type Filled = Record<Filler, number> & { tools: Record<string, number> };

/** Something that came into the window, and how large it was. */
interface Piece {
  filler: Filler;
  bytes: number;
  tool?: string;
}

/** What the model wrote to a request, in tokens, and as steps. */
interface Answer {
  output: number;
  made: Step[];
}

const EMPTY = { ...Object.fromEntries(FILLERS.map(filler => [filler, 0])), tools: {} } as Filled;

/** A token is seldom less. What came beyond that nobody wrote down, such as what the client reminds the model of. */
const BYTES_PER_TOKEN = 3;

/**
 * What filled the window at each of the main thread's requests. How much came between two is known for sure, as is
 * how much of that the model wrote; how the rest divides is told by the sizes of what was said, and so about right.
 */
export function fillersOf({ session, steps }: Pick<Story, "session" | "steps">): Map<string, Filled> {
  const main = steps.filter(step => step.agentId === null);
  const madeBy = grouped(main, step => step.requestId ?? undefined);
  const prompts = new Coming(session.prompts.filter(prompt => prompt.id !== ""));
  const cuts = new Coming(main.filter(step => step.kind === "compaction" && !isTrouble(step)));
  const filled = new Map<string, Filled>();
  let held = EMPTY;
  let last: Answer | undefined;
  for (const request of session.requests) {
    const tokens = contextOf(request);
    const made = madeBy.get(request.id);
    // A side call, as for a title, has a window of its own, and makes no step.
    if (request.agentId !== null || tokens === 0 || !made) continue;
    const asked = prompts.until(request.at).map(pieceOfPrompt);
    const cut = cuts.until(request.at).length > 0;
    if (!last) held = begun(EMPTY, "base", tokens, asked);
    else if (cut) held = begun({ ...EMPTY, base: held.base }, "summary", tokens, asked);
    else held = grown(held, tokens, last, asked);
    filled.set(request.id, held);
    last = { output: request.tokens.output, made };
  }
  return filled;
}

/** How many tokens the model was given with a request. */
export function contextOf({ tokens }: ModelRequest): number {
  return tokens.input + tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h;
}

/** A list in the order of its times, taken bit by bit. */
class Coming<T extends { startedAt: number }> {
  readonly #items: T[];
  #taken = 0;

  constructor(items: T[]) {
    this.#items = items;
  }

  until(time: number): T[] {
    const from = this.#taken;
    while ((this.#items[this.#taken]?.startedAt ?? Number.POSITIVE_INFINITY) <= time) this.#taken++;
    return this.#items.slice(from, this.#taken);
  }
}

const encoder = new TextEncoder();

function pieceOfPrompt({ text }: Prompt): Piece {
  return { filler: "prompts", bytes: encoder.encode(text).length };
}

function pieceOfResult(step: Step): Piece[] {
  const kind = kindOf(step);
  const filler = kind === "agent" ? "agents" : step.name === "Read" ? "files" : "output";
  if (step.kind !== "tool" || step.toldBytes === 0) return [];
  return [{ filler, bytes: step.toldBytes, ...(filler === "output" && { tool: step.name ?? "" }) }];
}

/** A window that begins, or begins anew: what was not just asked is `filler`. */
function begun(kept: Filled, filler: Filler, tokens: number, asked: Piece[]): Filled {
  const held = { ...kept, base: Math.min(kept.base, tokens), tools: {} };
  held[filler] += share(held, tokens - held.base, asked);
  return held;
}

/** A window that grew by what the last request made and brought about, and by what was asked since. */
function grown(held: Filled, tokens: number, { output, made }: Answer, asked: Piece[]): Filled {
  const more = tokens - sumOf(held);
  if (more < 0) return shrunk(held, tokens);
  const next = { ...held, tools: { ...held.tools } };
  const wrote = made.map(({ kind, saidBytes }): Piece => {
    return { filler: kind === "thinking" ? "thoughts" : "answers", bytes: Math.max(1, saidBytes) };
  });
  const written = Math.min(more, output);
  const said = wrote.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { filler, bytes } of wrote) next[filler] += (written * bytes) / said;
  next.rest += share(next, more - written, [...asked, ...made.flatMap(pieceOfResult)]);
  return next;
}

/** Something was taken out again, nobody says what: of all that is not the base as much. */
function shrunk(held: Filled, tokens: number): Filled {
  const base = Math.min(held.base, tokens);
  const part = (tokens - base) / Math.max(1, sumOf(held) - held.base);
  const scaled = <T extends object>(some: T) =>
    Object.fromEntries(Object.entries(some).map(([name, n]) => [name, n * part])) as T;
  const { tools, ...by } = held;
  return { ...scaled(by), tools: scaled(tools), base };
}

/** Gives each piece its part of so many tokens, by its size and no more than fit into it; answers what is left. */
function share(held: Filled, tokens: number, pieces: Piece[]): number {
  const bytes = pieces.reduce((sum, piece) => sum + piece.bytes, 0);
  const given = Math.min(tokens, bytes / BYTES_PER_TOKEN);
  for (const { filler, bytes: own, tool } of pieces) {
    const part = bytes > 0 ? (given * own) / bytes : 0;
    held[filler] += part;
    if (tool !== undefined) held.tools[tool] = (held.tools[tool] ?? 0) + part;
  }
  return tokens - given;
}

function sumOf(held: Filled): number {
  return FILLERS.reduce((sum, filler) => sum + held[filler], 0);
}
