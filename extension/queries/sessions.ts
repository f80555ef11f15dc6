import { baseName, oneLine } from "../base/format.ts";
import { type Json, text } from "../clean/json.ts";
import { titleText } from "../clean/prompts.ts";
import type { Engine } from "../db/engine.ts";
import type { SessionRow, Totals } from "../protocol.ts";
import type { SessionsWanted } from "../questions.ts";
import { FileNames } from "./file-names.ts";
import { noUsage } from "./requests.ts";
import { dollars, spentOf, type UsageSums } from "./spent.ts";
import { isAlive, type Moods, statusOf } from "./status.ts";
import { unattributed } from "./unattributed.ts";
import { conditions, ORDERS, tells } from "./wanted.ts";
import { type Condition, hereIn, where } from "./where.ts";
import { type Spot, Words } from "./words.ts";

interface Row extends UsageSums, Moods {
  key: number;
  id: string;
  parent: string | null;
  project: string | null;
  branch: string | null;
  client: string | null;
  transcript: string | null;
  started_at: number;
  began_at: number | null;
  bill: number | null;
  source: number | null;
  title_source: number | null;
  title_offset: number | null;
  title_length: number | null;
  first_source: number | null;
  first_offset: number | null;
  first_length: number | null;
  prompts: number;
  steps: number;
  failures: number;
  edits: number;
  added: number;
  removed: number;
  commits: number;
  agents: number;
  files: number;
  copied: number;
}

// The file of a fork begins with copies of another session's lines; when it began itself its own prompts say.
const SELECT = `
  select s.key, s.id, s.parent, s.project, s.branch, s.client, s.started_at, s.ended_at, s.bill, s.mood, s.mood_rank,
    s.asked, s.end_reason, s.end_rank, s.process, s.process_rank, s.title_offset, s.title_length,
    n.prompts, n.steps, n.failures, n.edits, n.added, n.removed, n.commits, n.agents,
    n.cost, n.input, n.output, n.cache_read, n.cache_write_5m, n.cache_write_1h,
    f.path as transcript, s.source, s.title_source,
    p.source as first_source, p.offset as first_offset, p.length as first_length,
    case when s.parent is not null then p.at end as began_at,
    (select max(at) from prompt where session = s.key) as prompted_at,
    (select count(*) from edited where session = s.key and edits > 0) as files,
    (select coalesce(sum(r.cost), 0) from copy c join request r on r.id = c.request where c.session = s.key) as copied
  from session s join total n on n.session = s.key
    left join source f on f.id = s.source
    left join prompt p on p.rowid = (select rowid from prompt where session = s.key order by at limit 1)
  where s.started_at is not null`;
const BRANCHES = `select s.key, s.branch, f.path as transcript, s.source,
    p.source as first_source, p.offset as first_offset, p.length as first_length
  from session s left join source f on f.id = s.source
    left join prompt p on p.rowid = (select rowid from prompt where session = s.key order by at limit 1)`;
const SOME = "prompts + steps + requests > 0";
const KEYS = `select s.key from session s left join source f on f.id = s.source
  where s.started_at is not null and exists (select 1 from sums where session = s.key and ${SOME})`;
const MODELS = `select session, model, sum(requests) as requests, sum(unpriced) as unpriced from sums
  where model <> ''`;

const CONTEXT = `select input + cache_read + cache_write_5m + cache_write_1h as tokens from request
  where session = ? and agent is null and input is not null order by at desc limit 1`;

const TOTALS = `select count(*) as sessions, coalesce(sum(prompts), 0) as prompts, coalesce(sum(steps), 0) as steps,
  coalesce(sum(requests), 0) as requests, sum(cost) as cost, sum(input) as input, sum(output) as output,
  sum(cache_read) as cache_read, sum(cache_write_5m) as cache_write_5m, sum(cache_write_1h) as cache_write_1h
  from total n join session s on s.key = n.session left join source f on f.id = s.source
  where ${SOME}`;

interface Sums extends UsageSums {
  sessions: number;
  prompts: number;
  steps: number;
  requests: number;
}

/** So many rows are made at once. */
const AT_ONCE = 500;

/** So many titles are kept at hand. */
const MOST_READ = 20_000;

/** All sessions with something in them, the one last at work first. */
export class Sessions {
  readonly #db: Engine;
  readonly #here: Condition;
  readonly #files: FileNames;
  /** What was read at a place in a transcript before; whoever writes a transcript anew has other places. */
  readonly #read = new Map<string, string>();

  /** Only sessions below `folders` count: others may be stored from a time when more was read. */
  constructor(db: Engine, folders: string[], hash: (path: string) => string) {
    this.#db = db;
    this.#files = new FileNames(db, hash);
    this.#here = hereIn(folders);
  }

  /** All of them, or those that are wanted. */
  list(wanted: SessionsWanted = {}): SessionRow[] {
    if (Object.keys(wanted).length === 0) return this.#dressAll(this.#all(), this.#models(""));
    const { limit = Number.POSITIVE_INFINITY } = wanted;
    const keys = this.#keys(wanted);
    const found: SessionRow[] = [];
    // What a row tells is known only when it is made, so that a rare word may take many of them.
    for (let i = 0; i < keys.length && found.length < limit; i += AT_ONCE) {
      const page = keys.slice(i, i + AT_ONCE);
      found.push(...this.some(page).filter(row => tells(row, wanted)));
    }
    return found.slice(0, limit);
  }

  /** The branches of some of them; the store knows them at higher privacy tiers only. */
  branches(keys: number[]): Map<number, string> {
    using words = new Words(this.#db);
    const rows = this.#db.all<Row>(`${BRANCHES} where s.key in (${keys.join(", ")})`);
    return new Map(rows.map(row => [row.key, this.#branchOf(row, words) ?? ""]));
  }

  one(id: string): SessionRow | undefined {
    const row = this.#row(id);
    if (!row) return undefined;
    using words = new Words(this.#db);
    const models = this.#models(` and session = ${row.key}`).get(row.key) ?? [];
    return this.#dress(row, models, other => this.#row(other), words);
  }

  totals(): Totals {
    const here = where(this.#here);
    const sums = this.#db.get<Sums>(`${TOTALS} and ${here.sql}`, here.params);
    const { sessions = 0, prompts = 0, steps = 0, requests = 0 } = sums ?? {};
    return { sessions, prompts, steps, requests, ...spentOf(sums ?? noUsage()) };
  }

  #all(): Row[] {
    const here = where(this.#here);
    return this.#db.all<Row>(`${SELECT} and ${SOME} and ${here.sql} order by ${ORDERS.time}`, here.params);
  }

  /** Some of them, in the order of their keys. */
  some(keys: number[]): SessionRow[] {
    const some = keys.join(", ");
    const rows = this.#db.all<Row>(`${SELECT} and s.key in (${some}) and n.session in (${some})`);
    const places = new Map(keys.map((key, i) => [key, i]));
    rows.sort((a, b) => (places.get(a.key) ?? 0) - (places.get(b.key) ?? 0));
    return this.#dressAll(rows, this.#models(` and session in (${some})`));
  }

  /** Which sessions may be wanted, found before anything is summed up for them. */
  #keys(wanted: SessionsWanted): number[] {
    const { sql, params } = where(this.#here, ...conditions(wanted, text => this.#files.named(text)));
    const limit = wanted.text === undefined && wanted.status === undefined ? (wanted.limit ?? -1) : -1;
    const ordered = `${KEYS} and ${sql} order by ${ORDERS[wanted.sort ?? "time"]} limit ?`;
    return this.#db.all<{ key: number }>(ordered, [...params, limit]).map(({ key }) => key);
  }

  #dressAll(rows: Row[], models: Map<number, Model[]>): SessionRow[] {
    const sessions = new Map(rows.map(row => [row.id, row]));
    using words = new Words(this.#db);
    const find = (id: string) => sessions.get(id) ?? this.#row(id);
    return rows.map(row => this.#dress(row, models.get(row.key) ?? [], find, words));
  }

  #row(id: string): Row | undefined {
    const key = this.#db.get<{ key: number }>("select key from session where id = ?", [id])?.key;
    return key === undefined
      ? undefined
      : this.#db.get<Row>(`${SELECT} and s.key = ?1 and n.session = ?1`, [key]);
  }

  #models(where: string): Map<number, Model[]> {
    const models = new Map<number, Model[]>();
    for (const row of this.#db.all<Model & { session: number }>(`${MODELS}${where} group by 1, 2`))
      if (row.requests > 0) models.set(row.session, [...(models.get(row.session) ?? []), row]);
    return models;
  }

  #dress(row: Row, models: Model[], find: (id: string) => Row | undefined, words: Words): SessionRow {
    const { status, statusSince, asks } = statusOf(row, Date.now());
    const { tokens, costUsd } = spentOf(row);
    // Field by field: to spread others into it took a third of the time that a list of thousands takes.
    const dressed: SessionRow = {
      id: row.id,
      title: this.#titleOf(row, words),
      project: row.project ?? "",
      branch: this.#branchOf(row, words),
      models: models.map(({ model }) => model),
      clientVersion: row.client,
      startedAt: row.began_at ?? row.started_at,
      endedAt: row.ended_at,
      status,
      statusSince,
      asks,
      prompts: row.prompts,
      toolCalls: row.steps,
      errors: row.failures,
      edits: row.edits,
      linesAdded: row.added,
      linesRemoved: row.removed,
      files: row.files,
      subagents: row.agents,
      commits: row.commits,
      tokens,
      costUsd,
      unattributedUsd: dollars(unattributed(row, find)),
      unpricedModels: models.filter(({ unpriced }) => unpriced > 0).map(({ model }) => model),
      parentId: row.parent,
      transcript: row.transcript ?? "",
    };
    const context = isAlive(dressed) ? this.#db.get<{ tokens: number }>(CONTEXT, [row.key]) : undefined;
    if (context) dressed.context = context.tokens;
    return dressed;
  }

  #branchOf(row: Row, words: Words): string | null {
    const { branch, first_offset: offset, first_length: length } = row;
    if (branch !== null || row.first_source === null) return branch;
    const path = this.#pathOf(row, row.first_source);
    return this.#once("branch", { path, offset, length }, words, line => text(line.gitBranch)) || null;
  }

  #titleOf(row: Row, words: Words): string {
    const { title_source: source, title_offset: offset, title_length: length } = row;
    const path = source === null ? null : this.#pathOf(row, source);
    const title =
      path === null
        ? words.kept("title", row.id) // of a session that has no transcript
        : this.#once("title", { path, offset, length }, words, titleText);
    return title || `Session in ${baseName(row.project ?? "") || "an unknown folder"}`;
  }

  /** Nearly always that of the session, which the row has: thousands of the same texts take their time. */
  #pathOf({ source, transcript }: Row, wanted: number): string | null {
    if (wanted === source) return transcript;
    return this.#db.get<{ path: string }>("select path from source where id = ?", [wanted])?.path ?? null;
  }

  #once(what: string, spot: Spot, words: Words, read: (line: Json) => string | undefined): string {
    if (spot.path === null) return "";
    const place = `${what} ${spot.offset} ${spot.length} ${spot.path}`;
    const known = this.#read.get(place);
    if (known !== undefined) return known;
    const line = words.line(spot);
    const said = oneLine(read(line) ?? "");
    if (this.#read.size >= MOST_READ) this.#read.clear();
    // A file that can't be read now may be later.
    if (Object.keys(line).length > 0) this.#read.set(place, said);
    return said;
  }
}

interface Model {
  model: string;
  requests: number;
  unpriced: number;
}
