import type { SqlValue } from "sql.js";
import { wallAt } from "../base/zone.ts";
import { type Fact, ranks } from "../clean/facts.ts";
import type { Column, Table } from "./rules.ts";

/** Part of a row: the columns that a fact knows. Sessions and files still stand in it by their ids. */
export type Row = {
  [T in Table]: { table: T; values: Partial<Record<Column<T>, SqlValue | undefined>> };
}[Table];

/** Stands for the transcript that a row was read from, whose number only the store knows. */
const HERE = 1;

type FactOf<K extends Fact["kind"]> = Extract<Fact, { kind: K }>;
type StoredKind = Exclude<Fact["kind"], "content">;

/** The row that each kind of fact is about; told column by column, as objects put together out of others are slow. */
const ROWS: { [K in StoredKind]: (fact: FactOf<K>) => Row } = {
  session: ({
    session,
    at,
    parent,
    project,
    projectRank,
    branch,
    mood,
    asked,
    process,
    client,
    endReason,
  }) => ({
    table: "session",
    values: {
      id: session,
      parent,
      project_rank: project === undefined ? undefined : (projectRank ?? -(at ?? 0)),
      project,
      branch: project === undefined ? undefined : branch,
      // The transcript that names the project is the main one, not that of a sub-agent.
      source: project === undefined ? undefined : HERE,
      started_at: at,
      ended_at: at,
      mood_rank: mood === undefined ? undefined : at,
      mood,
      asked,
      process_rank: process === undefined ? undefined : at,
      process,
      client: mood === undefined ? undefined : client,
      end_rank: endReason === undefined ? undefined : at,
      end_reason: endReason,
    },
  }),
  bill: fact => ({
    table: "session",
    values: { id: fact.session, bill_rank: fact.rank, bill: fact.cost },
  }),
  title: fact => ({
    table: "session",
    values: {
      id: fact.session,
      title_rank: fact.rank,
      title_source: HERE,
      title_offset: fact.spot.offset,
      title_length: fact.spot.length,
    },
  }),
  prompt: fact => ({
    table: "prompt",
    values: {
      session: fact.session,
      at: fact.at,
      day: dayOf(fact.at),
      id: fact.id,
      owner_rank: fact.rank,
      turn: fact.turn,
      source: fact.spot && HERE,
      offset: fact.spot?.offset,
      length: fact.spot?.length,
    },
  }),
  step: fact => ({
    table: "step",
    values: {
      session: fact.session,
      at: fact.at,
      day: dayOf(fact.at),
      agent: fact.agent,
      id: fact.id,
      kind: fact.type,
      name: fact.name,
      prompt: fact.prompt,
      request: fact.request,
      ended_at: fact.status && fact.at,
      status_rank: fact.status && ranks.status[fact.from ?? "transcript"],
      status: fact.status,
      duration_rank: fact.duration === undefined ? undefined : ranks.duration.transcript,
      duration: fact.duration,
      asked: fact.decidedAt && 1,
      decided_at: fact.decidedAt,
      said_size: fact.size,
      source: fact.spot && HERE,
      offset: fact.spot?.offset,
      length: fact.spot?.length,
    },
  }),
  result: fact => ({
    table: "step",
    values: {
      session: fact.session,
      id: fact.step,
      ended_at: fact.at,
      status_rank: statusRank(fact),
      status: fact.status,
      duration_rank: fact.duration === undefined ? undefined : ranks.duration[fact.from],
      duration: fact.duration,
      asked: fact.asked && 1,
      told_size: fact.size,
      result_source: fact.spot && HERE,
      result_offset: fact.spot?.offset,
      result_length: fact.spot?.length,
    },
  }),
  failure: fact => ({
    table: "failure",
    values: {
      session: fact.session,
      at: fact.at,
      day: dayOf(fact.at),
      agent: fact.agent,
      step: fact.step,
      code_rank: ranks.status[fact.from],
      type: fact.type,
      code: fact.code,
    },
  }),
  edit: fact => ({
    table: "edit",
    values: {
      session: fact.session,
      at: fact.at,
      day: dayOf(fact.at),
      agent: fact.agent,
      step: fact.step,
      file: fact.file.hash,
      change_rank: ranks.edit[fact.from],
      change: fact.change,
      added: fact.added,
      removed: fact.removed,
    },
  }),
  agent: fact => ({
    table: "agent",
    values: {
      session: fact.session,
      id: fact.id,
      step: fact.step,
      parent: fact.parent,
      type: fact.type,
      at: fact.at,
    },
  }),
  request: fact => ({
    table: "request",
    values: {
      session: fact.session,
      at: fact.at,
      day: dayOf(fact.at),
      agent: fact.agent,
      id: fact.id,
      prompt: fact.prompt,
      model: fact.model,
      skill: fact.skill,
      usage_rank: fact.usage?.rank,
      input: fact.usage?.input,
      output: fact.usage?.output,
      cache_read: fact.usage?.cacheRead,
      cost: fact.usage?.cost,
      line_rank: fact.usage && (fact.usage.lineRank ?? fact.usage.rank),
      cache_write_5m: fact.usage?.cacheWrite5m,
      cache_write_1h: fact.usage?.cacheWrite1h,
      web_searches: fact.usage?.webSearches,
      geo: fact.usage?.geo,
      duration: fact.duration,
      source: fact.spot && HERE,
      offset: fact.spot?.offset,
      length: fact.spot?.length,
    },
  }),
  copy: fact => ({ table: "copy", values: { session: fact.session, request: fact.request } }),
  commit: fact => ({
    table: "git_commit",
    values: { session: fact.session, at: fact.at, step: fact.step, id: fact.id, sha: fact.sha },
  }),
  pull: fact => ({
    table: "pull_request",
    values: { session: fact.session, at: fact.at, step: fact.step, url: fact.url },
  }),
};

function statusRank({ status, from }: FactOf<"result">): number {
  return status === "running" && from === "transcript" ? ranks.status.runs : ranks.status[from];
}

/** The row that a fact is about; content is kept apart. */
export function rowOf(fact: FactOf<StoredKind>): Row {
  const make = ROWS[fact.kind] as (fact: FactOf<StoredKind>) => Row;
  return make(fact);
}

/** The user's calendar day as a number, such as 20261121. */
export function dayOf(at: number | undefined): number | undefined {
  if (at === undefined) return undefined;
  const wall = wallAt(at);
  return (wall.getUTCFullYear() * 100 + wall.getUTCMonth() + 1) * 100 + wall.getUTCDate();
}
