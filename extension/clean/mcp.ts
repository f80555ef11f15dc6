import type { Ending, Side } from "../capture/mcp/passed.ts";
import type { Mood } from "./facts.ts";
import { type Failure, modelFailure, toolFailure } from "./failures.ts";
import { id, isObject, type Json, object, objects, text } from "./json.ts";
import { textIn } from "./prompts.ts";
import type { Context } from "./turn.ts";

/** What passed between a client of MCP and its server, as it waits in the inbox. */
export type McpNote = { session: string } & (State | Call | Result);

/** How the session does. */
interface State {
  kind: "state";
  mood: Mood;
  /** The client by its name and version. */
  client?: string | undefined;
  /** The server by its name, when that is news. */
  title?: string | undefined;
  project: string;
  process: number;
  ended?: true;
  /** So many messages could not be read since it was told last. */
  unread?: number;
}

// Words stand in these only if the privacy tier of that time lets them, and without secrets.
interface Call {
  kind: "call";
  id: string;
  name: string;
  input?: string | undefined;
}

interface Result {
  kind: "result";
  call: string;
  duration: number;
  failure?: Failure | undefined;
  output?: string | undefined;
}

/** Which words may be kept. */
export type McpTerms = Pick<Context, "tier" | "redactor">;

interface Pending {
  call: string;
  method: string;
  at: number;
}

/** No more calls that nobody answers are kept in mind. */
const MOST_PENDING = 10_000;
const LONGEST_NAME = 200;

/** Where a server runs. */
interface Where {
  project: string;
  process: number;
}

/** What a client of MCP and its server say to each other, put together: whose answer is whose. */
export class Conversation {
  readonly #session: string;
  readonly #where: Where;
  readonly #named: string | undefined;
  readonly #pending = new Map<string, Pending>();
  #client: string | undefined;
  #title: string | undefined;
  #ended: Ending | undefined;
  /** It ended before all was answered. */
  #cut = false;
  #count = 0;
  #unread = 0;

  /** @param named what the user calls the server, if anything */
  constructor(session: string, where: Where, named?: string) {
    this.#session = session;
    this.#where = where;
    this.#named = named;
    this.#title = named;
  }

  /** Nothing was said yet. */
  get isFresh(): boolean {
    return this.#count === 0;
  }

  get isOver(): boolean {
    return this.#ended !== undefined;
  }

  /** A message, or several in a list as older clients send them. */
  said(from: Side, message: unknown, at: number, terms: McpTerms): McpNote[] {
    return several(message).flatMap(one =>
      isObject(one) ? this.#one(from, one, at, terms) : this.#unreadable(),
    );
  }

  /** The server did not answer what it was asked over HTTP; without a status it was not reached. */
  refused(message: unknown, at: number, status: number | undefined): McpNote[] {
    const failure: Failure = { ...modelFailure(status), type: "tool" };
    return several(message).flatMap(one => this.#over(keyOf("client", object(one).id), at, failure));
  }

  /** Nobody will answer any more what was not answered yet. */
  ended(how: Ending, at: number): McpNote[] {
    this.#ended = how;
    const open = [...this.#pending.keys()];
    if (how === "left" && open.length > 0) this.#cut = true;
    return open.flatMap(key => this.#over(key, at, how === "failed" ? GONE : LEFT));
  }

  /** How it does by now. */
  state(): McpNote {
    const title = this.#title;
    const unread = this.#unread;
    [this.#title, this.#unread] = [undefined, 0];
    const ended = this.#ended !== undefined;
    return {
      ...{ session: this.#session, kind: "state", mood: this.#mood, client: this.#client, title },
      ...this.#where,
      ...(ended && { ended }),
      ...(unread > 0 && { unread }),
    };
  }

  get #mood(): Mood {
    if (this.#ended === "failed") return "failed";
    if (this.#cut) return "interrupted";
    return this.#pending.size > 0 ? "working" : "answered";
  }

  #one(from: Side, message: Json, at: number, terms: McpTerms): McpNote[] {
    const method = text(message.method)?.slice(0, LONGEST_NAME);
    const asks = message.id !== undefined;
    if (method !== undefined)
      return asks
        ? this.#asked(from, method, message, at, terms)
        : this.#told(from, method, message, at, terms);
    const answers = "result" in message || "error" in message;
    return answers ? this.#answered(other(from), message, at, terms) : this.#unreadable();
  }

  #unreadable(): [] {
    this.#unread++;
    return [];
  }

  #asked(from: Side, method: string, message: Json, at: number, terms: McpTerms): McpNote[] {
    const params = object(message.params);
    if (method === "initialize") this.#client = nameOf(params.clientInfo, "?");
    const note = this.#call(method, params, terms);
    this.#pending.set(keyOf(from, message.id), { call: note.id, method, at });
    const [oldest] = this.#pending.keys();
    if (this.#pending.size > MOST_PENDING && oldest !== undefined) this.#pending.delete(oldest);
    return [note];
  }

  /** A notice is a call that is over at once; but of progress there may be any amount, and it is its call's. */
  #told(from: Side, method: string, message: Json, at: number, terms: McpTerms): McpNote[] {
    const params = object(message.params);
    if (method === "notifications/progress") return [];
    if (method === "notifications/cancelled") return this.#over(keyOf(from, params.requestId), at, CANCELLED);
    const note = this.#call(method, params, terms);
    return [note, { session: this.#session, kind: "result", call: note.id, duration: 0 }];
  }

  #answered(asker: Side, message: Json, at: number, { tier, redactor }: McpTerms): McpNote[] {
    const key = keyOf(asker, message.id);
    const pending = this.#pending.get(key);
    if (!pending) return [];
    const result = object(message.result);
    const said = isObject(message.error) ? (text(message.error.message) ?? "") : saidIn(result);
    if (pending.method === "initialize") this.#title = this.#named ?? nameOf(result.serverInfo);
    const output = tier >= 3 && said !== "" ? redactor.redact(said) : undefined;
    return this.#over(key, at, failureOf(message, said, pending.method), output);
  }

  #over(key: string, at: number, failure?: Failure, output?: string): McpNote[] {
    const pending = this.#pending.get(key);
    if (!pending) return [];
    this.#pending.delete(key);
    const duration = Math.max(0, at - pending.at);
    return [{ session: this.#session, kind: "result", call: pending.call, duration, failure, output }];
  }

  #call(method: string, params: Json, { tier, redactor }: McpTerms): { session: string } & Call {
    const tool = method === "tools/call" ? id(params.name) : undefined;
    const { _meta, ...given } = tool === undefined ? params : object(params.arguments);
    const keeps = tier >= 2 && Object.keys(given).length > 0;
    const input = keeps ? redactor.redact(JSON.stringify(given)) : undefined;
    const session = this.#session;
    return { session, kind: "call", id: `${session}:${this.#count++}`, name: tool ?? method, input };
  }
}

function several(message: unknown): unknown[] {
  return Array.isArray(message) ? message : [message];
}

const GONE: Failure = { status: "failed", type: "tool", code: "server_gone" };
const LEFT: Failure = { status: "interrupted", type: "user", code: "interrupted" };
const CANCELLED: Failure = { status: "interrupted", type: "user", code: "cancelled" };

function other(side: Side): Side {
  return side === "client" ? "server" : "client";
}

/** Both sides ask, and count by themselves; 1 and "1" are two ids. */
function keyOf(asker: Side, id: unknown): string {
  return `${asker} ${JSON.stringify(id)}`;
}

/** A program as it presents itself, with its version if there is to be one. */
function nameOf(info: unknown, noVersion?: string): string | undefined {
  const { title, name, version } = object(info);
  const said = (text(title) || text(name))?.trim().slice(0, LONGEST_NAME);
  if (!said || noVersion === undefined) return said || undefined;
  return `${said} ${text(version)?.slice(0, LONGEST_NAME) || noVersion}`;
}

/** What a person would read of a result: its texts, else all of it. */
function saidIn(result: Json): string {
  const words = textIn(objects(result.content));
  return words || (Object.keys(result).length > 0 ? JSON.stringify(result) : "");
}

/** By the codes of JSON-RPC and of its SDKs. */
const CODES: Record<number, string> = {
  [-32601]: "unknown_tool",
  [-32602]: "schema_invalid",
  [-32001]: "timeout",
};

function failureOf(message: Json, said: string, method: string): Failure | undefined {
  const { error } = message;
  if (error === undefined && object(message.result).isError !== true) return undefined;
  const known = CODES[Number(object(error).code)];
  return { ...toolFailure({}, said, method), ...(known !== undefined && { code: known }) };
}
