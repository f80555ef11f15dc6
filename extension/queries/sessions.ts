import { join } from "node:path";
import { baseName, oneLine } from "../base/format.ts";
import { titleText } from "../clean/content.ts";
import type { Engine } from "../db/engine.ts";
import type { SessionRow } from "../protocol.ts";
import { lineAt } from "./line-at.ts";

interface Row {
  id: string;
  project: string | null;
  transcript: string | null;
  started_at: number;
  ended_at: number;
  title_path: string | null;
  title_offset: number;
  title_length: number;
  prompts: number;
  steps: number;
  failures: number;
}

const SELECT = `
  select s.id, s.project, f.path as transcript, s.started_at, s.ended_at,
    t.path as title_path, s.title_offset, s.title_length, n.prompts, n.steps, n.failures
  from session s join total n on n.session = s.key
    left join source f on f.id = s.source left join source t on t.id = s.title_source
  where s.started_at is not null`;

/** All sessions with something in them, the one last at work first. */
export class Sessions {
  readonly #db: Engine;
  readonly #folders: string[];

  /** Only sessions below `folders` count: others may be stored from a time when more was read. */
  constructor(db: Engine, folders: string[]) {
    this.#db = db;
    this.#folders = folders.map(folder => join(folder, "/"));
  }

  list(): SessionRow[] {
    const rows = this.#db.all<Row>(`${SELECT} order by s.ended_at desc`);
    return rows.filter(row => row.prompts + row.steps > 0 && this.#isHere(row)).map(dress);
  }

  one(id: string): SessionRow | undefined {
    return this.#db.all<Row>(`${SELECT} and s.id = ?`, [id]).map(dress)[0];
  }

  #isHere({ transcript }: Row): boolean {
    return transcript === null || this.#folders.some(folder => transcript.startsWith(folder));
  }
}

function dress(row: Row): SessionRow {
  const { id, prompts, steps, failures, started_at: startedAt, ended_at: endedAt } = row;
  const [project, transcript] = [row.project ?? "", row.transcript ?? ""];
  return { id, title: titleOf(row), project, transcript, startedAt, endedAt, prompts, steps, failures };
}

function titleOf(row: Row): string {
  const spot = { path: row.title_path ?? "", offset: row.title_offset, length: row.title_length };
  const title = row.title_path ? oneLine(titleText(lineAt(spot)) ?? "") : "";
  return title || `Session in ${baseName(row.project ?? "") || "an unknown folder"}`;
}
