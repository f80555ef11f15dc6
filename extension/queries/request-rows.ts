import type { Engine } from "../db/engine.ts";
import type { Asked } from "./misses.ts";

/** A request with nothing unsaid: what is not known is nothing. */
export interface RequestRow {
  id: string;
  agent: string;
  at: number;
  day: number;
  model: string;
  skill: string;
  input: number;
  output: number;
  cache_read: number;
  cache_write_5m: number;
  cache_write_1h: number;
  web_searches: number;
  geo: string | null;
  cost: number;
}

const ROWS = `select id, coalesce(agent, '') as agent, coalesce(at, 0) as at, coalesce(day, 0) as day,
    coalesce(model, '') as model, coalesce(skill, '') as skill, coalesce(input, 0) as input, coalesce(output, 0) as output,
    coalesce(cache_read, 0) as cache_read, coalesce(cache_write_5m, 0) as cache_write_5m,
    coalesce(cache_write_1h, 0) as cache_write_1h, coalesce(web_searches, 0) as web_searches, geo,
    coalesce(cost, 0) as cost
  from request where session = ? order by at, id`;

export function requestRows(db: Engine, session: number): RequestRow[] {
  return db.all<RequestRow>(ROWS, [session]);
}

export function askedOf(row: RequestRow): Asked {
  const { at, model, input, output, cache_read: cacheRead, web_searches: webSearches } = row;
  const { cache_write_5m: cacheWrite5m, cache_write_1h: cacheWrite1h, geo } = row;
  const tokens = { input, output, cacheRead, cacheWrite5m, cacheWrite1h, webSearches, geo: geo ?? undefined };
  return { at, model, tokens };
}
