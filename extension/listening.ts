import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { isErased } from "./base/erased.ts";
import { inboxOf, type Mailbox } from "./base/mailbox.ts";
import { saidTerms } from "./base/terms.ts";
import { Events } from "./capture/mcp/events.ts";
import { Frames, type Splitter, Whole } from "./capture/mcp/frames.ts";
import type { Ending, Form, Passed, Recorded, Side } from "./capture/mcp/passed.ts";
import { type Event, eventOfMcp } from "./clean/facts-of-event.ts";
import { object } from "./clean/json.ts";
import { Conversation, type McpNote, type McpTerms } from "./clean/mcp.ts";
import { Redactor } from "./clean/redact.ts";

/** One direction of what passes. */
interface Lane {
  from: Side;
  form: Form;
  /** Where it was asked for. */
  name: string;
  splitter: Splitter;
  conversation: Conversation;
  /** The last message in it, in case it is not answered. */
  said: unknown;
  /** The conversation is over when the lane is. */
  owns: boolean;
}

/** Notes of so many milliseconds go into one file. */
const GATHER = 100;
/** Whoever removed Agent Trace should not find the disk full one day. */
const MOST_FILES = 10_000;
/** Clients over HTTP need not say goodbye. */
const MOST_CONVERSATIONS = 1000;

/** Reads what passes between clients of MCP and a server, and puts notes of it into the inbox: nobody needs to record. */
export class Listening {
  readonly #recorded: Recorded;
  readonly #mailbox: Mailbox;
  readonly #lanes = new Map<number, Lane>();
  readonly #conversations = new Map<string, Conversation>();
  readonly #changed = new Set<Conversation>();
  #events: Event[] = [];
  #terms: McpTerms | undefined;
  #timer: NodeJS.Timeout | undefined;
  #written: Promise<unknown> = Promise.resolve();
  #last = 0;

  constructor(recorded: Recorded, mailbox: Mailbox) {
    this.#recorded = recorded;
    this.#mailbox = mailbox;
  }

  hear(passed: Passed): void {
    if (passed.kind === "lane") this.#open(passed);
    else if (passed.kind === "ended") this.#end(passed);
    else {
      const lane = this.#lanes.get(passed.lane);
      if (lane) this.#hearIn(lane, passed);
    }
  }

  /** Writes what has not been written yet. */
  async close(): Promise<void> {
    this.#write();
    await this.#written;
  }

  #hearIn(lane: Lane, passed: Exclude<Passed, { kind: "lane" | "ended" }>): void {
    switch (passed.kind) {
      case "bytes":
        this.#read(lane, lane.splitter.take(passed.bytes), passed.at);
        return;
      case "over":
        this.#read(lane, lane.splitter.end(), passed.at);
        return;
      case "named":
        this.#conversations.set(passed.conversation, lane.conversation);
        return;
      case "refused":
        this.#note(lane, lane.conversation.refused(lane.said, passed.at, passed.status), passed.at);
        return;
      case "gone":
        this.#lanes.delete(passed.lane);
        if (lane.owns) this.#over(lane, "left", passed.at);
        return;
      default:
        passed satisfies never;
    }
  }

  #open({ lane, from, form, conversation: name, answers }: Extract<Passed, { kind: "lane" }>): void {
    const question = answers === undefined ? undefined : this.#lanes.get(answers);
    const conversation = question?.conversation ?? this.#conversations.get(name) ?? this.#begin(name);
    const splitter = {
      frames: () => new Frames(),
      whole: () => new Whole(),
      events: () => new Events(path => this.#beginAt(path, opened)),
    }[form]();
    const opened: Lane = { from, form, name, conversation, splitter, said: undefined, owns: false };
    this.#lanes.set(lane, opened);
  }

  /** A server of the older kind gives each client an address of its own, for as long as its stream lasts. */
  #beginAt(path: string, lane: Lane): void {
    lane.conversation = this.#begin(pathOf(path, lane.name));
    lane.owns = true;
  }

  #begin(name: string): Conversation {
    const { project, process, name: named } = this.#recorded;
    const conversation = new Conversation(randomUUID(), { project, process }, named);
    this.#conversations.set(name, conversation);
    const [oldest] = this.#conversations.keys();
    if (this.#conversations.size > MOST_CONVERSATIONS && oldest !== undefined)
      this.#conversations.delete(oldest);
    return conversation;
  }

  #read(lane: Lane, texts: (string | undefined)[], at: number): void {
    for (const text of texts) {
      const message = text === undefined ? undefined : parsed(text);
      // Over HTTP many clients begin at the same address.
      if (lane.form === "whole" && beginsAnew(message) && !lane.conversation.isFresh)
        lane.conversation = this.#begin(lane.name);
      lane.said = message;
      this.#note(lane, lane.conversation.said(lane.from, message, at, this.#termsNow()), at);
    }
  }

  #note({ conversation }: Pick<Lane, "conversation">, notes: McpNote[], at: number): void {
    this.#changed.add(conversation);
    this.#events.push(...notes.map(note => eventOfMcp(note, Math.round(at))));
    this.#timer ??= setTimeout(() => this.#write(), GATHER);
  }

  #end({ how, at, conversation: name }: Extract<Passed, { kind: "ended" }>): void {
    const all = new Set(this.#conversations.values());
    const one = name === undefined ? undefined : this.#conversations.get(name);
    for (const conversation of one ? [one] : name === undefined ? all : [])
      this.#over({ conversation }, how, at);
  }

  #over({ conversation }: Pick<Lane, "conversation">, how: Ending, at: number): void {
    if (!conversation.isFresh && !conversation.isOver)
      this.#note({ conversation }, conversation.ended(how, at), at);
  }

  /** Once for all notes that are written together: they may have changed meanwhile. */
  #termsNow(): McpTerms {
    this.#terms ??= termsOf(this.#recorded);
    return this.#terms;
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#terms = undefined;
    // Of two states of the same moment nobody would know which is the later.
    this.#last = Math.max(this.#last + 1, Date.now());
    const states = [...this.#changed].map(conversation => eventOfMcp(conversation.state(), this.#last));
    const events = [...this.#events, ...states];
    this.#events = [];
    this.#changed.clear();
    if (events.length === 0 || !mayWrite(this.#recorded.dataDir)) return;
    // What can't be written is lost: there is nobody to tell, and the server has its own work to do.
    this.#written = Promise.allSettled(events.map(event => this.#mailbox.put(event)));
  }
}

/** Where clients ask when they are told this address in a stream that they got at another. */
function pathOf(told: string, stream: string): string {
  const base = "http://localhost";
  const from = URL.canParse(stream, base) ? new URL(stream, base).href : base;
  if (!URL.canParse(told, from)) return told;
  const { pathname, search } = new URL(told, from);
  return pathname + search;
}

function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined; // an error costs a hundred times as much
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function beginsAnew(message: unknown): boolean {
  const some = Array.isArray(message) ? message : [message];
  return some.some(one => object(one).method === "initialize");
}

function termsOf({ dataDir, most }: Recorded): McpTerms {
  const { tier, redact } = saidTerms(dataDir);
  return { tier: tier > most ? most : tier, redactor: new Redactor(redact) };
}

function mayWrite(dataDir: string): boolean {
  if (isErased(dataDir)) return false;
  try {
    return readdirSync(inboxOf(dataDir)).length < MOST_FILES;
  } catch {
    return true; // it is made when something is written
  }
}
