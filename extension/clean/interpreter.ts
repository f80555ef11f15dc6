import type { Line } from "../capture/lines.ts";
import { aside } from "./asides.ts";
import { assistantLine } from "./assistant.ts";
import { isCopy, noteBeginning } from "./copies.ts";
import type { Fact, Mood, Spot } from "./facts.ts";
import { id, type Json, parseObject, text } from "./json.ts";
import { SILENT, TELLING, unknownIn } from "./known.ts";
import { blankMemory, type Memory } from "./memory.ts";
import { Seen } from "./seen.ts";
import { shorten, skim } from "./skim.ts";
import type { Context, Turn } from "./turn.ts";
import { userTurn } from "./user.ts";

/** What some lines came to. */
export interface Found {
  facts: Fact[];
  lines: number;
  /** Lines that were not JSON. */
  skipped: number;
  /** What this version does not know, and how often it was met. */
  unknown: Map<string, number>;
}

/** Longer lines are shortened before they are parsed. */
const LONG_LINE = 4 * 1024;
/** No more different things are counted of one file, in case a file holds anything but a transcript. */
const MOST_UNKNOWN = 100;

/** Tells the facts in the lines of one transcript, which are to come in order. */
export class Interpreter {
  readonly #context: Context;
  readonly #again: (spot: Spot) => Uint8Array | undefined;
  readonly memory: Memory;
  #found: Found = { facts: [], lines: 0, skipped: 0, unknown: new Map() };

  /** Goes on where another left off if there is its `memory`; `again` reads a piece of the file once more. */
  constructor(context: Context, again: (spot: Spot) => Uint8Array | undefined, memory = blankMemory()) {
    this.#context = context;
    this.#again = again;
    this.memory = memory;
  }

  read(lines: Line[]): Found {
    const found: Found = { facts: [], lines: lines.length, skipped: 0, unknown: new Map() };
    this.#found = found;
    const seen = new Seen();
    for (const line of lines) this.#read(line, seen);
    found.facts.push(...seen.facts());
    return found;
  }

  #read(line: Line, seen: Seen): void {
    const { offset, length } = line;
    const skimmed = skim(line.buffer, line.start, length);
    if (!skimmed) {
      if (!isBlank(line.bytes)) this.#found.skipped++;
      return;
    }
    const { type } = skimmed;
    const { head } = this.memory;
    if (head && head.begun === undefined) noteBeginning(this.memory, parseObject(shorten(line.bytes)) ?? {});
    if (type !== undefined && SILENT.has(type)) return;
    if (skimmed.tells === false) return;
    if (type !== undefined && !TELLING.has(type)) {
      this.#wonder(`lines of type ${type}`);
      return;
    }
    const { bytes } = line;
    const long = length > LONG_LINE && this.#context.tier === 1;
    const parsed = parseObject(long ? shorten(bytes) : bytes.toString());
    if (!parsed) this.#found.skipped++;
    else this.#interpret(parsed, bytes, { offset, length }, seen);
  }

  #interpret(line: Json, bytes: Uint8Array, spot: Spot, seen: Seen): void {
    const type = text(line.type) ?? "";
    if (!TELLING.has(type)) {
      if (!SILENT.has(type)) this.#wonder(type ? `lines of type ${type}` : "lines without a type");
      return;
    }
    for (const unknown of unknownIn(line, type)) this.#wonder(unknown);
    const own = id(line.sessionId);
    if (own === undefined) return;
    // A fork's file begins with what another session did.
    const session = id(line.requestSessionId) ?? own;
    const agent = id(line.agentId) ?? this.#inlineAgent(line);
    const at = Date.parse(text(line.timestamp) ?? "");
    const copied = !Number.isNaN(at) && isCopy(this.memory, line, at);
    const turn: Turn = {
      line,
      copied,
      bytes,
      spot,
      at,
      session,
      agent,
      context: this.#context,
      memory: this.memory,
      again: this.#parseAgain,
      tell: this.#tell,
      wonder: this.#wonder,
    };
    if (session !== own) turn.tell({ kind: "session", session: own, parent: session });
    if (type !== "user" && type !== "assistant") aside(turn, type);
    else if (!Number.isNaN(at)) this.#conversation(turn, own, seen);
  }

  #conversation(turn: Turn, own: string, seen: Seen): void {
    const { line, session, agent } = turn;
    if (session === own && !turn.copied) seen.line(turn, moodOf(line));
    if (agent !== undefined) turn.tell({ kind: "agent", session, id: agent });
    if (line.type === "user") userTurn(turn);
    else assistantLine(turn);
  }

  /** Of the client 1.0: a sub-agent's lines stand between its call and the result, without its name. */
  #inlineAgent(line: Json): string | undefined {
    const uuid = id(line.uuid);
    if (line.isSidechain !== true || uuid === undefined) return undefined;
    const { calls, inline } = this.memory;
    const before = id(line.parentUuid);
    const agent = before === undefined ? this.#startedBy(line) : inline[before];
    if (agent !== undefined && calls[agent]) inline[uuid] = agent;
    return agent;
  }

  /** The call that asked for what a sub-agent's first line says; of several with the same words the first unstarted. */
  #startedBy(line: Json): string | undefined {
    const { calls, inline } = this.memory;
    const started = new Set(Object.values(inline));
    const waiting = Object.entries(calls).filter(([call, { asked }]) => asked && !started.has(call));
    const said = text((line.message as Json | undefined)?.content);
    const hash = said === undefined ? undefined : this.#context.hash(said);
    return (waiting.find(([, call]) => call.asked === hash) ?? waiting[0])?.[0];
  }

  readonly #parseAgain = (spot: Spot): Json | undefined => {
    const bytes = this.#again(spot);
    return bytes && parseObject(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString());
  };

  readonly #tell = (fact: Fact): void => {
    this.#found.facts.push(fact);
  };

  readonly #wonder = (what: string): void => {
    const { unknown } = this.#found;
    const name = what.slice(0, 80);
    if (unknown.has(name) || unknown.size < MOST_UNKNOWN) unknown.set(name, (unknown.get(name) ?? 0) + 1);
  };
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every(byte => byte <= 0x20);
}

/** What a session is doing after a line of its main thread. */
function moodOf(line: Json): Mood | undefined {
  if (line.isMeta === true) return undefined;
  const message = (line.message ?? {}) as Json;
  if (line.isApiErrorMessage === true) return "failed";
  if (line.isAbortedMidStream === true) return "interrupted";
  const last = Array.isArray(message.content) ? (message.content.at(-1) as Json | undefined) : undefined;
  const said = typeof message.content === "string" ? message.content : text(last?.text);
  if (line.type === "assistant") return last?.type === "text" ? "answered" : "working";
  if (said?.startsWith("<")) return undefined; // the client's own words
  return said?.startsWith("[Request interrupted") ? "interrupted" : "working";
}
