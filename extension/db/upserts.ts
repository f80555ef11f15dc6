import type { SqlValue } from "sql.js";
import type { Fact } from "../clean/facts.ts";

/** How each kind of fact gets into its row; `source` is the transcript it was read from. */
type Upserts = {
  [K in Fact["kind"]]: { sql: string; params(fact: Extract<Fact, { kind: K }>, source: number): SqlValue[] };
};

export const upserts: Upserts = {
  session: {
    // The source is the transcript that names the project: the main one, not a sub-agent's.
    sql: `insert into session (id, source, project, started_at, ended_at) values (?1, ?2, ?3, ?4, ?4)
      on conflict (id) do update set
        source = coalesce(source, excluded.source), project = coalesce(project, excluded.project),
        started_at = min(coalesce(started_at, excluded.started_at), excluded.started_at),
        ended_at = max(coalesce(ended_at, excluded.ended_at), excluded.ended_at)`,
    params: (fact, source) => [
      fact.session,
      fact.project === undefined ? null : source,
      fact.project ?? null,
      fact.at,
    ],
  },
  title: {
    // The first prompt names a session, but of better titles the latest counts.
    sql: `insert into session (id, title_rank, title_source, title_offset, title_length) values (?1, ?2, ?3, ?4, ?5)
      on conflict (id) do update set title_rank = ?2, title_source = ?3, title_offset = ?4, title_length = ?5
      where title_rank < ?2 or (title_rank = ?2 and ?2 > 1)`,
    params: (fact, source) => [fact.session, fact.rank, source, fact.spot.offset, fact.spot.length],
  },
  prompt: {
    sql: `insert into prompt (session, id, at, source, offset, length) values (?, ?, ?, ?, ?, ?)
      on conflict do nothing`,
    params: (fact, source) => [fact.session, fact.id, fact.at, source, fact.spot.offset, fact.spot.length],
  },
  step: {
    sql: `insert into step (session, id, at, tool, agent, source, offset, length) values (?, ?, ?, ?, ?, ?, ?, ?)
      on conflict do nothing`,
    params: (fact, source) => [
      fact.session,
      fact.id,
      fact.at,
      fact.tool,
      fact.agent ?? null,
      source,
      fact.spot.offset,
      fact.spot.length,
    ],
  },
  failure: {
    sql: "update step set failed = 1 where session = ? and id = ?",
    params: fact => [fact.session, fact.step],
  },
};
