/**
 * Who wins when two sources tell of the same thing. Transcripts, hooks and telemetry arrive in any order, each
 * knowing some columns of a row, and some of them twice; these rules give the same row whichever came first.
 */
export type Rule =
  /** Identifies the row. */
  | "key"
  /** All who know it say the same, so the first to say it is as good as any. */
  | "known"
  | "earliest"
  | "latest"
  /** The session that a thing belongs to: where old clients don't say which of two forks, that with the lesser id. */
  | "owner"
  /** Decided by the rank column named here, whose own rule is "latest": the higher rank wins, then as `tie` says. */
  | { by: string; tie?: "owner" };

const spot = { source: "known", offset: "known", length: "known" } as const;
const when = { at: "earliest", day: "earliest" } as const;

/** Every table that facts are written to, with a rule for every column. */
export const RULES = {
  session: {
    id: "key",
    parent: "known",
    // The earliest folder: Claude Code may change to another, and back.
    project_rank: "latest",
    project: { by: "project_rank" },
    branch: { by: "project_rank" },
    source: { by: "project_rank" },
    started_at: "earliest",
    ended_at: "latest",
    mood_rank: "latest",
    mood: { by: "mood_rank" },
    asked: { by: "mood_rank" },
    process_rank: "latest",
    process: { by: "process_rank" },
    client: { by: "mood_rank" },
    end_rank: "latest",
    end_reason: { by: "end_rank" },
    bill_rank: "latest",
    bill: { by: "bill_rank" },
    title_rank: "latest",
    title_source: { by: "title_rank" },
    title_offset: { by: "title_rank" },
    title_length: { by: "title_rank" },
  },
  prompt: {
    id: "key",
    // Known for sure once it was answered.
    owner_rank: "latest",
    session: { by: "owner_rank", tie: "owner" },
    turn: "latest",
    ...when,
    ...spot,
  },
  request: {
    id: "key",
    session: "owner",
    prompt: "known",
    agent: "known",
    ...when,
    model: "known",
    skill: "known",
    usage_rank: "latest",
    input: { by: "usage_rank" },
    output: { by: "usage_rank" },
    cache_read: { by: "usage_rank" },
    cost: { by: "usage_rank" },
    line_rank: "latest",
    cache_write_5m: { by: "line_rank" },
    cache_write_1h: { by: "line_rank" },
    web_searches: { by: "line_rank" },
    geo: { by: "line_rank" },
    duration: "latest",
    ...spot,
  },
  step: {
    id: "key",
    session: "owner",
    kind: "known",
    name: "known",
    prompt: "known",
    request: "known",
    agent: "known",
    ...when,
    ended_at: "latest",
    status_rank: "latest",
    status: { by: "status_rank" },
    duration_rank: "latest",
    duration: { by: "duration_rank" },
    asked: "known",
    decided_at: "earliest",
    said_size: "known",
    told_size: "known",
    ...spot,
    result_source: "known",
    result_offset: "known",
    result_length: "known",
  },
  failure: {
    step: "key",
    session: "owner",
    agent: "known",
    ...when,
    code_rank: "latest",
    type: { by: "code_rank" },
    code: { by: "code_rank" },
  },
  file: { hash: "key", path: "known" },
  edit: {
    step: "key",
    file: "key",
    session: "owner",
    agent: "known",
    ...when,
    change_rank: "latest",
    change: { by: "change_rank" },
    added: { by: "change_rank" },
    removed: { by: "change_rank" },
  },
  agent: { id: "key", session: "owner", step: "known", parent: "known", type: "known", at: "earliest" },
  copy: { session: "key", request: "key" },
  git_commit: { session: "key", id: "key", sha: "known", step: "known", at: "earliest" },
  pull_request: { session: "key", url: "key", step: "known", at: "earliest" },
} as const satisfies Record<string, Record<string, Rule>>;

export type Table = keyof typeof RULES;
export type Column<T extends Table> = keyof (typeof RULES)[T] & string;

/** The statement that writes a row, or what is new about it, and the columns whose values it takes. */
export interface Upsert {
  sql: string;
  columns: string[];
}

/** The columns of a table with their rules. */
export function rulesOf(table: Table): [string, Rule][] {
  return Object.entries(RULES[table]);
}

const upserts = new Map<Table, Upsert>();

export function upsertOf(table: Table): Upsert {
  const known = upserts.get(table) ?? makeUpsert(table);
  upserts.set(table, known);
  return known;
}

function makeUpsert(table: Table): Upsert {
  const rules = rulesOf(table);
  const columns = rules.map(([name]) => name);
  const keys = rules.filter(([, rule]) => rule === "key").map(([name]) => name);
  const sets = rules
    .filter(([, rule]) => rule !== "key")
    .map(([name, rule]) => `${name} = ${merged(table, name, rule)}`);
  const sql = `insert into ${table} (${columns.join(", ")}) values (${columns.map(() => "?").join(", ")})
    on conflict (${keys.join(", ")}) do ${sets.length > 0 ? `update set ${sets.join(", ")}` : "nothing"}`;
  return { sql, columns };
}

// Lower than any rank, for those who do not know.
const LOWEST = -(2 ** 62);

function merged(table: Table, name: string, rule: Rule): string {
  const [old, given] = [name, `excluded.${name}`];
  if (rule === "known") return `coalesce(${old}, ${given})`;
  // SQLite's min and max of several values know nothing as soon as one of them is null.
  if (rule === "earliest") return `min(coalesce(${old}, ${given}), coalesce(${given}, ${old}))`;
  if (rule === "latest") return `max(coalesce(${old}, ${given}), coalesce(${given}, ${old}))`;
  if (rule === "owner") return owner(table, name);
  if (rule === "key") return old;
  const [rank, givenRank] = [`coalesce(${rule.by}, ${LOWEST})`, `coalesce(excluded.${rule.by}, ${LOWEST})`];
  return `case when ${givenRank} > ${rank} then ${given} when ${givenRank} < ${rank} then ${old}
    else ${merged(table, name, rule.tie ?? "latest")} end`;
}

function owner(table: Table, name: string): string {
  const [old, given] = [`${table}.${name}`, `excluded.${name}`];
  return `case when ${old} = ${given} then ${old}
    else (select key from session where key in (${old}, ${given}) order by id limit 1) end`;
}
