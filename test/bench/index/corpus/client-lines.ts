import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Chance } from "../../store/made-up/chance.ts";
import { sentence } from "./words.ts";

const CAPTURES = join(import.meta.dirname, "../../../fixtures/captures");
/** A real session with a sub-agent: what the client says by itself is taken from it. */
const SESSION = join(CAPTURES, "subagent-one/projects");
/** In the captures the client's own texts were left out, but not how long they are. */
const LEFT_OUT = /^\[(\d+) characters of the client's own text left out\]$/;
/** Only of these, the length was not kept: about what the system prompt and the tools of a snapshot take. */
const SHAPE_LENGTH = 32_000;

/** A line that the client attaches, without what differs from session to session. */
export interface Attached {
  type: string;
  /** What stands before its uuid and time, and what after. */
  before: Buffer;
  after: Buffer;
}

/** What the client writes by itself in a thread. */
export interface ClientLines {
  /** What it attaches to the first prompt, in this order. */
  opening: Attached[];
  /** The system prompt with all tools, once they were used. */
  snapshot: Attached;
  /** The system prompt and the tools as sent to the API, and the client's part of the first messages. */
  shape: Buffer;
  messages: Buffer[];
}

type Json = Record<string, unknown>;

/** What differs from session to session, and is written by the one who says the line. */
const ENVELOPE = new Set(
  "parentUuid isSidechain agentId uuid timestamp userType entrypoint cwd sessionId version gitBranch type".split(
    " ",
  ),
);

export function readClientLines(chance: Chance): { session: ClientLines; agent: ClientLines } {
  const files = readdirSync(SESSION, { recursive: true, encoding: "utf8" }).filter(name =>
    name.endsWith(".jsonl"),
  );
  const agent = files.find(name => name.includes("subagents"));
  const session = files.find(name => !name.includes("subagents"));
  if (!agent || !session) throw new Error(`${SESSION} has no session with a sub-agent.`);
  return { session: clientLines(session, chance), agent: clientLines(agent, chance) };
}

function clientLines(name: string, chance: Chance): ClientLines {
  const text = readFileSync(join(SESSION, name), "utf8");
  const lines = text
    .trim()
    .split("\n")
    .map(line => filled(JSON.parse(line), chance) as Json);
  const attached = lines.filter(line => line.type === "attachment").map(attachedOf);
  const first = attached.findIndex(({ type }) => type === "prompt_snapshot");
  const snapshot = attached.slice(first + 1).find(({ type }) => type === "prompt_snapshot");
  if (!snapshot) throw new Error(`${name} has no prompt_snapshot with tools.`);
  const opening = attached.slice(0, first + 1).filter(({ type }) => type !== "hook_success");
  const messages = lines.filter(line => line.type === "api-request-blob").map(line => bytes(line.message));
  return { opening, snapshot, shape: bytes(prose(chance, SHAPE_LENGTH)), messages };
}

function attachedOf({ attachment, ...line }: Json): Attached {
  const after = Object.entries(line)
    .filter(([key]) => !ENVELOPE.has(key))
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)},`);
  const before = `"attachment":${JSON.stringify(attachment)},"type":"attachment"`;
  const type = (attachment as Json).type as string;
  return { type, before: Buffer.from(before), after: Buffer.from(after.join("")) };
}

function bytes(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/** With prose where text was left out, so that lines are as long as real ones. */
function filled(value: unknown, chance: Chance): unknown {
  if (typeof value === "string") {
    const length = LEFT_OUT.exec(value)?.[1];
    return length ? prose(chance, Number(length)) : value;
  }
  if (Array.isArray(value)) return value.map(item => filled(item, chance));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, chance)]));
}

function prose(chance: Chance, length: number): string {
  let text = "";
  while (text.length < length) text += sentence(chance);
  return text.slice(0, length);
}
