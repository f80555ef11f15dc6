import { getNodeValue } from "jsonc-parser";
import { reason } from "../base/expected-error.ts";
import { count } from "../base/format.ts";
import { type Json, object } from "../clean/json.ts";
import { treeOf } from "./jsonc.ts";
import { ENDPOINT, isOurHook, isOurTelemetry, isTelemetry, type Side, unsafeEvents } from "./pieces.ts";

/** Settings that Claude Code reads, as they are now; no text is no file. */
export interface SettingsText {
  path: string;
  text: string | undefined;
  /** Why they can't be read. */
  unreadable?: string;
  /** Whether other users of the machine can read them. */
  open?: boolean;
}

/** All that decides whether what Claude Code does arrives here. */
export interface Circumstances {
  side: Side;
  /** The settings that Connect may have written to. */
  settings: SettingsText[];
  /** Those of the organisation, which win. */
  managed: SettingsText[];
  /** The port of whoever records now, if somebody does. */
  port: number | undefined;
  /** The versions of Claude Code in use. */
  clients: string[];
  /** Why a hook that was tried did not work, or that there is no shell to try it with. */
  trouble: string | undefined;
  /** Notes of hooks that nobody has taken up. */
  waiting: number;
}

/** Something that is as it should be, or off, and then what to do. */
export interface Finding {
  what: string;
  todo?: string;
}

/** What is connected, and what stands in the way. */
export function findings(now: Circumstances): Finding[] {
  const read = now.settings.map(file => ({ ...file, ...contentOf(file) }));
  const managed = now.managed.map(file => ({ ...file, ...contentOf(file) }));
  const ours = read.map(file => partsOf(file.content, now.side));
  const [hooks, telemetry] = [ours.some(part => part.events.length > 0), ours.some(part => part.telemetry)];
  const http = ours.some(part => part.http);
  return [
    ...read.flatMap(file => ofFile(file, now)),
    ...(hooks || telemetry ? [] : [NOTHING]),
    ...[...managed, ...read].flatMap(file => forbidding(file, hooks)),
    ...managed.flatMap(file => (telemetry ? overruled(file) : [])),
    ...(hooks ? ofHooks(now) : []),
    ...((telemetry || http) && now.port === undefined ? [nobody(http)] : []),
  ];
}

const NOTHING = {
  what: "Nothing is connected: sessions are read from the transcripts of Claude Code.",
  todo: "Connect Claude Code to see exact durations, costs and waits, as they happen.",
};

/** Notes of hooks lie there until somebody records; what is said over HTTP is said once. */
function nobody(http: boolean): Finding {
  const lost = http ? "what hooks and telemetry say" : "hooks wait for it, what telemetry says";
  return {
    what: `Nobody records now: ${lost} meanwhile is lost.`,
    todo: "Open VS Code, or run agent-trace serve.",
  };
}

function contentOf({ text, unreadable }: SettingsText): { content: Json; broken?: string } {
  if (unreadable) return { content: {}, broken: unreadable };
  try {
    const tree = text === undefined ? undefined : treeOf(text);
    return { content: tree ? object(getNodeValue(tree)) : {} };
  } catch (error) {
    return { content: {}, broken: reason(error) };
  }
}

/** What of ours is in some settings. */
function partsOf(content: Json, side: Side): { events: string[]; http: boolean; telemetry: boolean } {
  const hooks = Object.entries(object(content.hooks)).flatMap(([event, groups]) =>
    listOf(groups)
      .flatMap(group => listOf(object(group).hooks))
      .filter(hook => isOurHook(hook, side))
      .map(hook => ({ event, http: object(hook).type === "http" })),
  );
  const telemetry = isOurTelemetry(content.env, side);
  return { events: hooks.map(({ event }) => event), http: hooks.some(({ http }) => http), telemetry };
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

const AGAIN = "Connect Claude Code again.";

function ofFile(file: SettingsText & { content: Json; broken?: string }, now: Circumstances): Finding[] {
  const { path, content, broken, open } = file;
  if (broken) return [{ what: `${path} is of no use to Claude Code. ${broken}`, todo: "Repair it by hand." }];
  const { events, http, telemetry } = partsOf(content, now.side);
  if (events.length === 0 && !telemetry) return [];
  const parts = [events.length > 0 && `hooks (${count(events.length, "event")})`, telemetry && "telemetry"];
  const found: Finding[] = [{ what: `Connected in ${path}: ${parts.filter(Boolean).join(" and ")}.` }];
  const strange = unsafeEvents(events, now.clients, http);
  if (strange.length > 0)
    found.push({
      what: `Claude Code ${now.clients[0]} ignores all of ${path}, because it does not know ${strange.join(", ")}.`,
      todo: `${AGAIN} It will leave these out.`,
    });
  const endpoint = String(object(content.env)[ENDPOINT]);
  if (telemetry && now.port !== undefined && !endpoint.includes(`:${now.port}/`))
    found.push({
      what: `Telemetry goes to ${endpoint}, but Agent Trace listens on port ${now.port}.`,
      todo: AGAIN,
    });
  if (open && (telemetry || http))
    found.push({
      what: `Others on this machine can read ${path}, and with it Agent Trace's token.`,
      todo: `chmod 600 '${path}'`,
    });
  return found;
}

/** Settings by which Claude Code runs no hooks, or not ours. */
function forbidding({ path, content }: { path: string; content: Json }, hooks: boolean): Finding[] {
  if (!hooks) return [];
  const found: Finding[] = [];
  if (content.disableAllHooks === true)
    found.push({
      what: `${path} switches all hooks off.`,
      todo: 'Take "disableAllHooks" out, or do without hooks.',
    });
  if (content.allowManagedHooksOnly === true)
    found.push({
      what: `${path} allows no hooks but those of your organisation.`,
      todo: "Ask who manages it, or do without hooks: transcripts and telemetry are read all the same.",
    });
  return found;
}

/** The organisation's own telemetry, which wins over ours. */
function overruled({ path, content }: { path: string; content: Json }): Finding[] {
  const names = Object.keys(object(content.env)).filter(isTelemetry);
  if (names.length === 0) return [];
  return [
    {
      what: `${path} sends telemetry elsewhere (${names.join(", ")}).`,
      todo: "Nothing: it goes before ours, and transcripts and hooks are read all the same.",
    },
  ];
}

function ofHooks({ trouble, waiting, port }: Circumstances): Finding[] {
  const found: Finding[] = [];
  if (trouble) found.push({ what: `Hooks do not arrive: ${trouble}.`, todo: AGAIN });
  if (waiting >= FULL)
    found.push({
      what: `${waiting} hooks wait, and no more are kept.`,
      todo: "Open VS Code, or run agent-trace serve.",
    });
  else if (waiting > 0 && port === undefined)
    found.push({ what: `${count(waiting, "hook")} wait to be taken up when VS Code opens.` });
  return found;
}

/** As many as the hooks' script keeps. */
const FULL = 10_000;
