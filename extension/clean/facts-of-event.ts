import type { ProgramEvent } from "../questions.ts";
import type { Fact } from "./facts.ts";
import {
  factsOfHook,
  type HookNote,
  isHookNote,
  type NoteTerms,
  noteOfHook,
  unknownHook,
  withoutPaths,
} from "./hook.ts";
import { parseObject } from "./json.ts";
import type { McpNote } from "./mcp.ts";
import { factsOfMcp, isMcpNote, withoutWords } from "./mcp-facts.ts";
import type { Prices } from "./prices.ts";
import { factsOfProgram, isProgramEvent, timeOf } from "./program.ts";
import { Redactor } from "./redact.ts";
import {
  factsOfTelemetry,
  isTelemetryNote,
  noteOfRecord,
  type TelemetryNote,
  type TelemetryRecord,
} from "./telemetry.ts";

/** An event as it waits in the inbox: what came, from where, and when it was or arrived. */
export type Event =
  | { kind: "hook"; at: number; body: HookNote }
  | { kind: "telemetry"; at: number; body: TelemetryNote }
  | { kind: "program"; at: number; body: ProgramEvent }
  | { kind: "mcp"; at: number; body: McpNote };

/** A hook as an event, without its words. */
export function eventOfHook(hook: unknown, at: number, terms: NoteTerms): Event {
  return { kind: "hook", at, body: withoutSecrets(noteOfHook(hook, terms)) };
}

/** A record of telemetry as an event; none when it tells nothing. */
export function eventOfRecord(record: TelemetryRecord): Event | undefined {
  const body = noteOfRecord(record);
  return body && { kind: "telemetry", at: record.at, body: withoutSecrets(body) };
}

export function eventOfProgram(body: ProgramEvent): Event {
  return { kind: "program", at: timeOf(body), body: withoutSecrets(body) };
}

export function eventOfMcp(body: McpNote, at: number): Event {
  return { kind: "mcp", at, body: withoutSecrets(body) };
}

const redactor = new Redactor();

/** Where a name belongs anything may stand; the user's own patterns are of words, and names fit some of them. */
function withoutSecrets<T>(body: T): T {
  const json = JSON.stringify(body);
  const clean = redactor.redact(json);
  return clean === json ? body : (JSON.parse(clean) as T);
}

/** A line of the inbox as it may wait for long, whatever the privacy tier is by then. */
export function lineToKeep(line: string): string {
  const event = parseObject(line);
  if (event?.kind === "mcp" && isMcpNote(event.body))
    return JSON.stringify({ ...event, body: withoutWords(event.body) });
  if (event?.kind !== "hook" || !isHookNote(event.body)) return line;
  return JSON.stringify({ ...event, body: withoutPaths(event.body) });
}

/** What is in an event, and what of it this version does not know. */
export interface EventFacts {
  kind: Event["kind"];
  facts: Fact[];
  unknown?: string;
  /** How often it was met, if not once. */
  times?: number;
}

const UNREAD = "messages of MCP's servers or clients";

/** The facts in one line of the inbox; throws when it is not understood. */
export function factsOfEvent(line: string, prices: Prices): EventFacts {
  const event = parseObject(line);
  if (!event) throw new Error("The event is not JSON.");
  const { kind, at, body } = event;
  if (typeof at !== "number") throw new Error("The event has no time.");
  if (kind === "hook" && isHookNote(body))
    return { kind, facts: factsOfHook(body, at), ...unknownHook(body) };
  if (kind === "telemetry" && isTelemetryNote(body)) {
    const facts = factsOfTelemetry(body, at);
    return facts ? { kind, facts } : { kind, facts: [], unknown: `telemetry events of type ${body.event}` };
  }
  if (kind === "program" && isProgramEvent(body)) return { kind, facts: factsOfProgram(body, at, prices) };
  if (kind === "mcp" && isMcpNote(body))
    return {
      ...{ kind, facts: factsOfMcp(body, at) },
      ...(body.kind === "state" && body.unread && { unknown: UNREAD, times: body.unread }),
    };
  throw new Error(`An event of kind ${kind} is not understood.`);
}
