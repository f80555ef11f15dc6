import { object } from "../../clean/json.ts";
import type { Prices } from "../../clean/prices.ts";
import { blocksOf } from "../../clean/prompts.ts";
import type { Engine } from "../../db/engine.ts";
import type { Whose } from "../cells.ts";
import { targetOf } from "../label.ts";
import type { Asked } from "../misses.ts";
import { askedOf, type RequestRow, requestRows } from "../request-rows.ts";
import type { Words } from "../words.ts";

/** All that the rules look at in one session. */
export interface Case {
  calls: Call[];
  requests: Request[];
  /** The types of its sub-agents. */
  agents: Map<string, string>;
  /** How often the service made it wait, and for how long. */
  retries: { times: number; waited: number };
  prices: Prices;
}

/** A tool call. */
export interface Call {
  id: string;
  name: string;
  agent: string;
  at: number;
  day: number;
  failed: boolean;
  edits: number;
  /** What it was about, as far as it can still be read. */
  target: string | null;
  /** It read a part of a file only. */
  part: boolean;
  /** How much text it brought, about. */
  tokens: number;
  /** What its share of its request cost, in nano-dollars. */
  cost: number;
  kind: Whose;
}

export interface Request extends Asked {
  agent: string;
  day: number;
  cost: number;
  /** One for each tool that it called. */
  kinds: Whose[];
}

interface CallRow {
  id: string;
  name: string;
  agent: string;
  request: string | null;
  at: number;
  day: number;
  failed: number;
  edits: number;
  path: string | null;
  offset: number | null;
  length: number | null;
  result_path: string | null;
  result_offset: number | null;
  result_length: number | null;
}

const CALLS = `select r.id, coalesce(r.name, '') as name, coalesce(r.agent, '') as agent, r.request,
    coalesce(r.at, 0) as at, coalesce(r.day, 0) as day, coalesce(r.status = 'failed', 0) as failed,
    (select count(*) from edit where step = r.id) as edits, f.path, r.offset, r.length,
    g.path as result_path, r.result_offset, r.result_length
  from step r left join source f on f.id = r.source left join source g on g.id = r.result_source
  where r.session = ? and r.kind = 'tool' order by r.at, r.offset`;
const AGENTS = "select id, coalesce(type, '') as type from agent where session = ? and step is not null";
const RETRIES = `select count(*) as times, coalesce(sum(duration), 0) as waited from step
  where session = ? and kind = 'retry'`;

/** Of these the rules want to know what they were about. */
const NAMED = ["Read", "Bash"];
/** Shorter results are not worth being looked at. */
const LONG_RESULT = 40_000;
const LETTERS_PER_TOKEN = 4;

export function caseOf(db: Engine, session: number, words: Words, prices: Prices): Case {
  const rows = db.all<CallRow>(CALLS, [session]);
  const requests = requestRows(db, session);
  const asked = new Map<string | null, RequestRow>(requests.map(request => [request.id, request]));
  const tools = new Map<string | null, string[]>();
  for (const { request, name } of rows) tools.set(request, [...(tools.get(request) ?? []), name]);
  const kindOf = (tool: string, agent: string, request?: RequestRow) => ({
    ...{ tool, agent, model: request?.model ?? "", skill: request?.skill ?? "" },
  });
  const agents = db.all<{ id: string; type: string }>(AGENTS, [session]);
  return {
    calls: rows.map(row => ({
      ...callOf(row, words),
      cost: Math.floor((asked.get(row.request)?.cost ?? 0) / (tools.get(row.request)?.length ?? 1)),
      kind: kindOf(row.name, row.agent, asked.get(row.request)),
    })),
    requests: requests.map(request => ({
      ...requestOf(request),
      kinds: (tools.get(request.id) ?? [""]).map(tool => kindOf(tool, request.agent, request)),
    })),
    agents: new Map(agents.map(({ id, type }) => [id, type])),
    retries: db.get(RETRIES, [session]) ?? { times: 0, waited: 0 },
    prices,
  };
}

function requestOf(row: RequestRow): Omit<Request, "kinds"> {
  return { ...askedOf(row), agent: row.agent, day: row.day, cost: row.cost };
}

function callOf(row: CallRow, words: Words): Omit<Call, "cost" | "kind"> {
  const { id, name, agent, at, day, failed, edits } = row;
  const block = NAMED.includes(name) ? blocksOf(words.line(row)).find(block => block.id === id) : undefined;
  const { offset, limit } = object(block?.input);
  return {
    ...{ id, name, agent, at, day, failed: failed > 0, edits },
    target: targetOf(block),
    part: offset !== undefined || limit !== undefined,
    tokens: Math.round(lettersOf(row, words) / LETTERS_PER_TOKEN),
  };
}

/** How much text the model was told; pictures are counted otherwise. */
function lettersOf(row: CallRow, words: Words): number {
  const { result_path: path, result_offset: offset, result_length: length } = row;
  // Every line has some hundred letters of its own, which a short result is not worth taking off.
  if ((length ?? 0) < LONG_RESULT && row.name !== "Read") return 0;
  const line = words.wholeLine({ path, offset, length });
  const block = line && blocksOf(line).find(block => block.tool_use_id === row.id);
  const parts = Array.isArray(block?.content) ? block.content : [{ text: block?.content }];
  return parts.reduce((sum, part) => {
    const { text } = object(part);
    return sum + (typeof text === "string" ? text.length : 0);
  }, 0);
}
