import type { SqlValue } from "sql.js";
import { type Fact, sourceRanks } from "../clean/facts.ts";
import type { Column, Table } from "./rules.ts";

/** What facts name by something long stands in rows as a number. */
export interface Keys {
  session(id: string): number;
  file(hash: Uint8Array, path: string | undefined): number;
  /** The transcript that the facts were read from, if they come from one. */
  source: number | undefined;
}

/** Part of a row: the columns that a fact knows. */
export type Row = {
  [T in Table]: { table: T; values: Partial<Record<Column<T>, SqlValue | undefined>> };
}[Table];

type FactOf<K extends Fact["kind"]> = Extract<Fact, { kind: K }>;
type StoredKind = Exclude<Fact["kind"], "content">;

/** The row that each kind of fact is about. */
const ROWS: { [K in StoredKind]: (fact: FactOf<K>, keys: Keys) => Row } = {
  session: (fact, keys) => ({
    table: "session",
    values: {
      id: fact.session,
      parent: fact.parent,
      project_rank: fact.project === undefined ? undefined : -(fact.at ?? 0),
      project: fact.project,
      branch: fact.branch,
      client: fact.client,
      started_at: fact.at,
      ended_at: fact.at,
      end_rank: fact.endReason === undefined ? undefined : fact.at,
      end_reason: fact.endReason,
      // The transcript that names the project is the main one, not that of a sub-agent.
      source: fact.project === undefined ? undefined : keys.source,
    },
  }),
  title: (fact, keys) => ({
    table: "session",
    values: {
      id: fact.session,
      title_rank: fact.rank,
      title_source: keys.source,
      title_offset: fact.spot.offset,
      title_length: fact.spot.length,
    },
  }),
  prompt: (fact, keys) => ({
    table: "prompt",
    values: { ...of(fact, keys), id: fact.id, ...spot(fact, keys) },
  }),
  step: (fact, keys) => ({
    table: "step",
    values: {
      ...of(fact, keys),
      ...doer(fact),
      id: fact.id,
      kind: "tool",
      name: fact.name,
      prompt: fact.prompt,
      request: fact.request,
      parent: fact.parent,
      ...spot(fact, keys),
    },
  }),
  result: (fact, keys) => ({
    table: "step",
    values: {
      session: keys.session(fact.session),
      id: fact.step,
      kind: "tool",
      ended_at: fact.at,
      status_rank: fact.status === "running" ? sourceRanks.running : fact.rank,
      status: fact.status,
      duration_rank: fact.duration === undefined ? undefined : fact.rank,
      duration: fact.duration,
      result_source: fact.spot && keys.source,
      result_offset: fact.spot?.offset,
      result_length: fact.spot?.length,
    },
  }),
  failure: (fact, keys) => ({
    table: "failure",
    values: { ...of(fact, keys), ...agentType(fact), step: fact.step, type: fact.type, code: fact.code },
  }),
  edit: (fact, keys) => ({
    table: "edit",
    values: {
      ...of(fact, keys),
      ...agentType(fact),
      step: fact.step,
      file: keys.file(fact.file.hash, fact.file.path),
      change_rank: fact.rank,
      change: fact.change,
      added: fact.added,
      removed: fact.removed,
    },
  }),
  request: (fact, keys) => ({
    table: "request",
    values: {
      ...of(fact, keys),
      ...doer(fact),
      id: fact.id,
      prompt: fact.prompt,
      model: fact.model,
      usage_rank: fact.usage?.rank,
      input: fact.usage?.input,
      output: fact.usage?.output,
      cache_read: fact.usage?.cacheRead,
      cache_write_5m: fact.usage?.cacheWrite5m,
      cache_write_1h: fact.usage?.cacheWrite1h,
      web_searches: fact.usage?.webSearches,
      cost: fact.usage?.cost,
      duration: fact.duration,
    },
  }),
  commit: (fact, keys) => ({ table: "git_commit", values: { ...found(fact, keys), sha: fact.sha } }),
  pull: (fact, keys) => ({ table: "pull_request", values: { ...found(fact, keys), url: fact.url } }),
};

/** The row that a fact is about; content is kept apart. */
export function rowOf(fact: FactOf<StoredKind>, keys: Keys): Row {
  const make = ROWS[fact.kind] as (fact: FactOf<StoredKind>, keys: Keys) => Row;
  return make(fact, keys);
}

function of(fact: { session: string; at?: number }, keys: Keys) {
  return { session: keys.session(fact.session), at: fact.at, day: dayOf(fact.at) };
}

function found(fact: { session: string; at?: number; step?: string }, keys: Keys) {
  return { session: keys.session(fact.session), at: fact.at, step: fact.step };
}

function agentType(fact: { agentType?: string }) {
  return { agent_type: fact.agentType };
}

function doer(fact: { agent?: string; agentType?: string }) {
  return { agent: fact.agent, ...agentType(fact) };
}

function spot(fact: { spot?: { offset: number; length: number } }, keys: Keys) {
  return { source: fact.spot && keys.source, offset: fact.spot?.offset, length: fact.spot?.length };
}

/** The user's calendar day as a number, such as 20261121. */
function dayOf(at: number | undefined): number | undefined {
  if (at === undefined) return undefined;
  const date = new Date(at);
  return (date.getFullYear() * 100 + date.getMonth() + 1) * 100 + date.getDate();
}
