/**
 * What can be asked about money beyond its sums, and what the owner answers: part of the contract, as questions.ts is.
 * Types only. Costs are in dollars.
 */
import type { SessionRow, Spent } from "./protocol.ts";
import type { UsageFilter } from "./questions.ts";

/** Of what: as of usage, or only what was spent in a branch, with a tool, with an MCP server's tools, or for a skill. */
export interface BillFilter extends UsageFilter {
  branch?: string;
  tool?: string;
  server?: string;
  skill?: string;
}

/** What the money of some days can be told apart by. */
export type BillBy = "project" | "branch" | "model" | "agent" | "skill" | "tool" | "server";

/** The dearest sessions, so many of them; all when nothing is said. */
export interface BillWanted extends BillFilter {
  limit?: number;
}

export interface BreakdownWanted extends BillFilter {
  /** What is told apart in each day's money. */
  stack?: "project" | "model" | "agent";
  /** Told apart only when wanted: where the store may not keep the names of branches, transcripts are asked for them. */
  also?: "branch";
}

/** Where the money of some days went, as only the requests themselves tell. Each list adds up to the same. */
export interface Breakdown {
  /** The dearest first; a request is shared among the tools that it called. */
  by: Record<BillBy, Share[]>;
  /** Each day's money, by what was asked for. */
  days: (Share & { day: string })[];
  /** The last one first; where each begins and ends all use decides, not only what was asked for. */
  windows: Window[];
  /** By the hour of the week, Monday first. */
  hours: number[];
  buckets: { name: Bucket; tokens: number; costUsd: number }[];
  /** What it cost that the cache did not hold what it could have. */
  misses: Misses[];
  /** What came of it; with only a part of the sessions' work, what can't be said of a part is nothing. */
  came: { sessions: number; commits: number; lines: number; unattributedUsd: number };
}

export interface Share {
  /** Nothing for the main thread, and where there was no skill, tool or server. */
  name: string;
  costUsd: number;
  tokens: number;
  requests: number;
  /** Calls of tools; an answer that calls none is one, too. */
  calls: number;
}

/** Five hours for which a subscription's limit counts what is used; times are in milliseconds since 1970. */
export interface Window {
  start: number;
  end: number;
  costUsd: number;
  tokens: number;
  requests: number;
}

/** What tokens are told apart by, because each has a price of its own; searches are counted, not measured. */
export type Bucket = "input" | "output" | "cacheRead" | "cacheWrite5m" | "cacheWrite1h" | "webSearches";

/** A session with what it used of what was asked for. */
export interface BilledSession extends Spent {
  session: Pick<SessionRow, "id" | "title" | "project" | "branch" | "status" | "endedAt" | "unpricedModels">;
  durationMs: number;
  linesAdded: number;
  linesRemoved: number;
  commits: number;
  /** What Claude Code says it spent beyond its transcript, if that can be said of just these days. */
  unattributedUsd: number;
}

/** Why tokens that were in the cache were paid for again. */
export type MissCause = "expired" | "prefix" | "compaction" | "model";

export interface Misses {
  cause: MissCause;
  times: number;
  tokens: number;
  /** What they cost more than reading them from the cache would have. */
  costUsd: number;
}

/** Of which session, or of which prompt of it. */
export interface DerivationWanted {
  session: string;
  prompt?: string;
}

/** How an amount came about, request by request. */
export interface Derivation extends Spent {
  session: Pick<SessionRow, "id" | "title" | "unpricedModels">;
  prompt: string | null;
  requests: DerivedRequest[];
  /** What Claude Code said the session cost when it ended, with all that it was forked from; only of a whole session. */
  saidUsd: number | null;
  /** Of that, what it was forked from had spent before. */
  earlierUsd: number;
  unattributedUsd: number;
}

export interface DerivedRequest extends Spent {
  id: string;
  at: number;
  model: string;
  /** The type of the sub-agent that asked, nothing for the main thread. */
  agent: string;
  promptId: string | null;
  webSearches: number;
  /** What the prices are multiplied by: requests kept within the US cost a tenth more. */
  factor: number;
  /** Dollars per million tokens on that day; nothing when nobody knows its price. */
  rates: Rates | null;
  /** Since when that is the price, in milliseconds since 1970; nothing when it always was. */
  pricedSince: number | null;
  /** The amount is what Claude Code's telemetry said. */
  told: boolean;
  /** It is a copy in a fork: it counts in this session and not here. */
  countedIn: string | null;
  /** Where it stands, in bytes. */
  transcript: string | null;
  offset: number | null;
}

export type Rates = Record<"input" | "output" | "cacheRead" | "cacheWrite5m" | "cacheWrite1h", number>;

/** A pattern that wastes money. */
export interface Finding {
  /** The same for the same pattern, so that it can be dismissed. */
  id: string;
  rule: FindingRule;
  /** What it is about, such as a file, a command or a tool. */
  subject: string;
  /** What was seen, and what to do about it. */
  what: string;
  advice: string;
  times: number;
  savedUsd: number;
  /** Where it was worst. */
  session: Pick<SessionRow, "id" | "title">;
  step: string | null;
  /** Beside the days before, as many. */
  trend: "new" | "same" | "better" | "solved";
}

export type FindingRule = "reread" | "loop" | "huge" | "expired" | "prefix" | "agents" | "overload" | "full";

/** Why a day cost more than usual, the largest part first. */
export interface Reasons {
  costUsd: number;
  usualUsd: number;
  parts: {
    costUsd: number;
    what: string;
    session: Pick<SessionRow, "id" | "title"> | null;
    step: string | null;
  }[];
}

/** Of which day, and of which sessions. */
export type ReasonsWanted = Pick<UsageFilter, "within"> & { day: string };

/** What the owner answers about money. */
export interface MoneyApi {
  /** The sessions that were at work, each with what it cost in that time. */
  bill(wanted: BillWanted): Promise<BilledSession[]>;
  breakdown(wanted: BreakdownWanted): Promise<Breakdown>;
  derivation(wanted: DerivationWanted): Promise<Derivation>;
  findings(wanted: BillFilter): Promise<Finding[]>;
  reasons(wanted: ReasonsWanted): Promise<Reasons>;
}

/** How Claude Code is paid: by the token, or with a subscription, where costs are what the API would take. */
export type Billing = "api" | "subscription";
export type WeekStart = "monday" | "sunday";

/** What may be spent in each, in dollars. */
export interface Budgets {
  day?: number;
  week?: number;
  month?: number;
  /** By each session, as long as it lives. */
  session?: number;
  /** In each project, in a month. */
  project?: number;
  /** On a model, in a month. */
  models?: Record<string, number>;
}
