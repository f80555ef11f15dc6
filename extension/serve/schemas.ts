import type { AlertKind, AlertPer, AlertRule, AlertSecrets, AlertsWanted } from "../alert.ts";
import type { BillFilter, BillWanted, BreakdownWanted, DerivationWanted, ReasonsWanted } from "../bill.ts";
import type { ImportedChange, ImportedLine } from "../imports.ts";
import type { SessionStatus, Step } from "../protocol.ts";
import type {
  BlameWanted,
  ChangesWanted,
  EditsWanted,
  ProgramEvent,
  SearchWanted,
  SessionsSort,
  SessionsWanted,
  StepsWanted,
  TakeBackWanted,
  UsageBy,
  UsageFilter,
  UsageWanted,
} from "../questions.ts";
import type { Schema } from "./schema.ts";

/** A schema with a field for each of what may be asked. */
type Fields<T> = Record<keyof T, Schema>;

const LONGEST_PATH = 32_768;
const limit: Schema = { type: "integer", minimum: 1, maximum: 1000, description: "At most so many." };
const id: Schema = { type: "string", minLength: 1, maxLength: 500 };
const path: Schema = { type: "string", minLength: 1, maxLength: LONGEST_PATH };
const day: Schema = { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\d$", examples: ["2026-11-21"] };

const time: Schema = { type: "integer", minimum: 0 };
const dollars: Schema = { type: "number", minimum: 0 };

const STATUS: Record<SessionStatus, true> = {
  ...{ running: true, asking: true, waiting: true, idle: true },
  ...{ done: true, failed: true, interrupted: true, lost: true },
};
const STATES = Object.keys(STATUS).join("|");
const SORTS: Record<SessionsSort, true> = { time: true, cost: true, duration: true };

export const SESSIONS = asked<SessionsWanted>({
  limit: { ...limit, maximum: 100_000 },
  before: {
    ...{ type: "string", pattern: "^\\d{1,16},.", examples: ["1795000000000,the-id"], maxLength: 520 },
    description: "Those after this one: its endedAt and its id, with a comma between.",
  },
  project: { ...path, description: "Those in this folder or below it." },
  since: { ...time, description: "Those at work since then, in milliseconds since 1970." },
  until: { ...time, description: "Those last at work before then, in milliseconds since 1970." },
  model: { ...id, description: "Those that asked this model." },
  text: { ...id, description: "Words that all must be in its title, project, branch, models or id." },
  status: {
    ...{ type: "string", pattern: `^(${STATES})(,(${STATES}))*$`, examples: ["failed,lost"] },
    description: "Those in one of these states.",
  },
  tool: { ...id, description: "Those that used a tool with this in its name." },
  file: { ...path, description: "Those that changed a file with this in its path." },
  costFrom: { ...dollars, description: "Those that cost as much or more, in dollars." },
  costTo: { ...dollars, description: "Those that cost as much or less, in dollars." },
  sort: {
    ...{ type: "string", enum: Object.keys(SORTS) },
    description: "What stands first: the last at work, the most expensive, the longest.",
  },
});

export const STEPS = asked<StepsWanted>({
  after: { ...id, description: "Those after this one, by its id." },
  limit,
});

export const EDITS = asked<EditsWanted>({
  session: { ...id, description: "Those of a session, by its id." },
  file: { ...path, description: "Those of a file, by its whole path." },
  limit,
});

const some: Fields<ChangesWanted> = {
  step: { ...id, description: "Those of a step, by its id." },
  prompt: { ...id, description: "Those of a prompt, by its id." },
  agent: { ...id, description: "Those of a sub-agent and of all that it started." },
};
const text: Schema = { type: "string", description: "What the file reads by now, saved or not." };

export const CHANGES = asked<ChangesWanted>(some);
export const TAKE_BACK = asked<TakeBackWanted>({ ...some, path, text }, "path", "text");
export const BLAME = asked<BlameWanted>({ path, text }, "path", "text");

const BY: Record<UsageBy, true> = { day: true, model: true, project: true, agent: true, session: true };

const within: Schema = { ...path, description: "Of sessions in these folders or below, one a line." };
const filter: Fields<UsageFilter> = {
  from: { ...day, description: "From this day on." },
  to: { ...day, description: "Up to this day, and with it." },
  within,
  project: { type: "string", maxLength: LONGEST_PATH, description: "Of sessions in just this folder." },
  model: { type: "string", maxLength: 500, description: "Of this model." },
  agent: {
    type: "string",
    maxLength: 500,
    description: "Of sub-agents of this type; empty for the main thread.",
  },
  session: { ...id, description: "Of one session, by its id." },
};

export const USAGE = asked<UsageWanted>(
  {
    by: { type: "string", enum: Object.keys(BY), description: "What is added up by." },
    and: { type: "string", enum: Object.keys(BY), description: "And by this: each pair by itself." },
    ...filter,
  },
  "by",
);

const called: Schema = { type: "string", maxLength: 500 };
const billed: Fields<BillFilter> = {
  ...filter,
  branch: { ...called, description: "Of sessions that began in this branch; empty for no branch." },
  tool: { ...called, description: "What calls of this tool took; empty for answers that called none." },
  server: { ...called, description: "What calls of this MCP server took; empty for all but such." },
  skill: { ...called, description: "For this skill; empty for no skill." },
};
const STACKS: Record<NonNullable<BreakdownWanted["stack"]>, true> = {
  project: true,
  model: true,
  agent: true,
};

export const BILL = asked<BillWanted>({ limit, ...billed });
export const BREAKDOWN = asked<BreakdownWanted>({
  stack: { type: "string", enum: Object.keys(STACKS), description: "Each day's money by this." },
  also: { type: "string", enum: ["branch"], description: "By branch as well, which may take a moment." },
  ...billed,
});
export const FINDINGS = asked<BillFilter>(billed);
export const DERIVATION = asked<DerivationWanted>(
  {
    session: { ...id, description: "Of this session, by its id." },
    prompt: { ...id, description: "Only what followed this prompt, by its id." },
  },
  "session",
);
export const REASONS = asked<ReasonsWanted>({ day: { ...day, description: "Of this day." }, within }, "day");

export const SEARCH = asked<SearchWanted>(
  {
    q: {
      ...{ type: "string", minLength: 1, maxLength: 1000 },
      description: "Words that all must be there; the last may be unfinished.",
    },
    limit,
    from: {
      ...{ type: "string", pattern: "^\\d{1,16},.", examples: ["1795000000000,the-id"], maxLength: 520 },
      description: "Where to go on: what the answer before named as `next`.",
    },
  },
  "q",
);

export const PATH = asked<{ file: string }>(
  { file: { ...path, description: "The whole path of a file." } },
  "file",
);
export const FILE = asked<{ file: string }>({ file: path }, "file");
export const PRICES = asked<{ list: string }>({ list: { type: "string" } }, "list");
export const IDS = asked<{ ids: string[] }>({ ids: { type: "array", items: id } }, "ids");

const KINDS: Record<AlertKind, true> = { cost: true, error_rate: true, agent_silent: true };
const PER: Record<AlertPer, true> = { session: true, project: true, model: true };

/** What there is more to it, the rules themselves know. */
export const ALERT_RULE = asked<Omit<AlertRule, "name">>(
  {
    kind: { type: "string", enum: Object.keys(KINDS) },
    threshold: { type: "number", minimum: 0, description: "Dollars, percent of the steps, or minutes." },
    window: {
      ...{ type: "string", pattern: "^(day|week|month|[1-9]\\d{0,2}[mh])$", examples: ["day", "15m"] },
      description: "Costs of a day, week or month; errors of so many minutes or hours.",
    },
    per: { type: "string", enum: Object.keys(PER), description: "Each of them by itself." },
    scope: {
      type: "object",
      properties: { project: path, model: id },
      description: "Only sessions in this folder or below, or only this model.",
    },
    early: { type: "boolean", description: "Tells of a cost at four fifths, too." },
    deliver: {
      ...{
        type: "array",
        maxItems: 3,
        items: { type: "string", enum: ["notification", "webhook", "email"] },
      },
      description: "A notification if it is not said.",
    },
  },
  ...["kind", "threshold"],
);
export const ALERTS = asked<AlertsWanted>({
  limit,
  since: { ...time, description: "Those since then, in milliseconds since 1970." },
  open: { type: "string", enum: ["yes"], description: "Only what is still so." },
});
export const ALERT_TEST = asked<{ way: string }>(
  { way: { type: "string", enum: ["webhook", "email"] } },
  "way",
);
export const ALERT_SECRETS = asked<AlertSecrets>({ webhook: id, email: id });

/** Whatever a hook says; what of it is understood is seen to later. */
export const HOOK: Schema = { type: "object" };

const name: Schema = { type: "string", minLength: 1, maxLength: 200 };
const count: Schema = { type: "integer", minimum: 0, maximum: 1e12 };

const EVENT = asked<ProgramEvent>(
  {
    agent_id: name,
    event_type: name,
    timestamp: {
      ...{ type: ["number", "string"], minimum: 0, maximum: 8.64e15, format: "date-time", maxLength: 40 },
      description: "Milliseconds since 1970, or a text such as 2026-11-21T10:00:00Z.",
    },
    provider: name,
    model: name,
    tokens_in: count,
    tokens_out: count,
    latency_ms: { type: "number", minimum: 0, maximum: 1e12 },
    status_code: { type: "integer", minimum: 0, maximum: 999 },
    trace_id: name,
    span_id: name,
    parent_span_id: name,
  },
  ...["agent_id", "event_type", "timestamp"],
);

export const EVENTS = asked<{ events: ProgramEvent[] }>(
  { events: { type: "array", items: EVENT, maxItems: 1000 } },
  "events",
);

const STEP_KINDS: Record<Step["kind"], true> = {
  ...{ tool: true, response: true, thinking: true, retry: true },
  ...{ error: true, compaction: true, command: true, interruption: true },
};
const FAILURES = ["tool", "model", "retrieval", "orchestration", "permission", "user"];
const moment: Schema = { type: "number", minimum: 0, maximum: 8.64e15 };
const words: Schema = { type: "string", maxLength: 4 * 1024 * 1024 };

const IMPORTED = asked<ImportedLine>(
  {
    type: { type: "string", enum: ["session", "prompt", "request", "step"] },
    ...{ session: id, id, at: moment, endedAt: moment, statusSince: moment },
    ...{ project: path, branch: name, title: words, parentId: id, clientVersion: name },
    status: { type: "string", maxLength: 20 },
    unattributedUsd: dollars,
    subagents: list(asked({ id, type: name, parentStepId: id }, "id")),
    changes: list(
      asked<ImportedChange>(
        {
          ...{ stepId: id, agentId: id, at: moment, path, added: count, removed: count },
          status: { type: "string", enum: ["created", "changed", "deleted", "renamed"] },
        },
        ...["stepId", "at", "status", "added", "removed"],
      ),
    ),
    commits: list(asked({ sha: name, stepId: id, at: moment }, "at")),
    ...{ text: words, input: words, result: words, model: name, costUsd: dollars },
    tokens: asked({
      input: count,
      output: count,
      cacheRead: count,
      cacheWrite5m: count,
      cacheWrite1h: count,
    }),
    ...{
      number: count,
      name,
      promptId: id,
      requestId: id,
      agentId: id,
      durationMs: moment,
      waitedMs: moment,
    },
    ...{ saidBytes: count, toldBytes: count },
    kind: { type: "string", enum: Object.keys(STEP_KINDS) },
    failure: asked({ type: { type: "string", enum: FAILURES }, code: name }, "type", "code"),
  },
  ...["type", "session", "id", "at"],
);

export const IMPORT = asked<{ lines: ImportedLine[] }>(
  { lines: { type: "array", items: IMPORTED, maxItems: 100_000 } },
  "lines",
);

function list(items: Schema): Schema {
  return { type: "array", items, maxItems: 100_000 };
}

function asked<T>(properties: Fields<T>, ...required: string[]): Schema {
  return { type: "object", properties, ...(required.length > 0 && { required }) };
}
