import { closeSync, openSync } from "node:fs";
import { setImmediate as breathe } from "node:timers/promises";
import { baseName } from "../base/format.ts";
import { legible } from "../base/legible.ts";
import { newLines } from "../capture/lines.ts";
import { parseObject } from "../clean/json.ts";
import { type Saying, sayings } from "../clean/sayings.ts";
import type { Engine } from "../db/engine.ts";
import type { Found, Match, SearchWanted } from "../questions.ts";
import { Needles } from "./needles.ts";
import { search } from "./search.ts";
import type { Sessions } from "./sessions.ts";
import { hereIn, where } from "./where.ts";

/** So long one answer may take; whoever wants more asks on, and whoever does not stops asking. */
const SLICE = 150;
/** A word that is everywhere is not worth more of one session. */
const PER_SESSION = 20;
/** An answer that nobody bounds. */
const MOST = 100;

interface Place {
  key: number;
  id: string;
  ended_at: number;
  project: string | null;
}

/**
 * Finds words in all sessions, the one last at work first. The store keeps none of them unless it may, so that the
 * transcripts themselves are read, a slice at a time; nothing of it is kept.
 */
export class Finder {
  readonly #db: Engine;
  readonly #folders: string[];
  readonly #sessions: Sessions;

  constructor(db: Engine, folders: string[], sessions: Sessions) {
    this.#db = db;
    this.#folders = folders;
    this.#sessions = sessions;
  }

  /** What is found in a while, and where to go on. */
  async find({ q, limit = MOST, from }: SearchWanted): Promise<Found> {
    const needles = new Needles(q);
    if (needles.none) return { matches: [] };
    const until = performance.now() + SLICE;
    const found = new Matches(from === undefined ? this.#kept(q, limit) : []);
    let next = from;
    for (const place of this.#places(from)) {
      if (next !== from && (performance.now() > until || found.all.length >= limit))
        return { matches: found.all, ...(next !== undefined && { next }) };
      await this.#search(place, needles, found, limit);
      next = `${place.ended_at},${place.id}`;
    }
    return { matches: found.all };
  }

  /** What the store may keep is found at once. */
  #kept(q: string, limit: number): Match[] {
    return search(this.#db, this.#folders, { q, limit }).map(match => {
      const { title = "", project = "" } = this.#sessions.one(match.sessionId) ?? {};
      const name = match.stepId === null ? null : this.#nameOf(match.stepId);
      return { ...match, title, name, snippet: shortened(match.snippet, project, `${baseName(project)}/`) };
    });
  }

  #places(from: string | undefined): Place[] {
    const [, endedAt, id] = /^(\d+),(.*)$/.exec(from ?? "") ?? [];
    const wanted = where(hereIn(this.#folders), [
      "(s.ended_at, s.id) < (?, ?)",
      endedAt === undefined ? undefined : Number(endedAt),
      id,
    ]);
    const sql = `select s.key, s.id, s.ended_at, s.project from session s left join source f on f.id = s.source
      where s.started_at is not null and ${wanted.sql} order by s.ended_at desc, s.id desc`;
    return this.#db.all<Place>(sql, wanted.params);
  }

  async #search(place: Place, needles: Needles, found: Matches, limit: number): Promise<void> {
    const sql =
      "select f.path from session_source x join source f on f.id = x.source where x.session = ? order by f.path";
    const most = Math.min(limit, found.all.length + PER_SESSION);
    for (const { path } of this.#db.all<{ path: string }>(sql, [place.key]))
      for await (const saying of hits(path, needles, place.project ?? "")) {
        const match = this.#matchOf(place, saying);
        if (match) found.add(match);
        if (found.all.length >= most) return;
      }
  }

  /** Nothing when it is another session's, of which a fork has a copy, or was deleted. */
  #matchOf(place: Place, { of, id, words }: Saying): Match | undefined {
    const table = of === "prompt" ? "prompt" : "step";
    const sql = `select 1 from ${table} where id = ? and session = ?`;
    if (of !== "session" && !this.#db.get(sql, [id, place.key])) return undefined;
    return {
      sessionId: place.id,
      title: this.#sessions.one(place.id)?.title ?? "",
      promptId: of === "prompt" ? id : null,
      stepId: of === "step" ? id : null,
      name: of === "step" ? this.#nameOf(id) : null,
      snippet: words,
    };
  }

  #nameOf(step: string): string | null {
    return this.#db.get<{ name: string | null }>("select name from step where id = ?", [step])?.name ?? null;
  }
}

/** What was found, each thing once: what a step was given and what came of it stand in two lines. */
class Matches {
  readonly all: Match[] = [];
  readonly #known = new Set<string>();

  constructor(some: Match[]) {
    for (const match of some) this.add(match);
  }

  add(match: Match): void {
    const key = `${match.sessionId} ${match.promptId} ${match.stepId}`;
    if (this.#known.has(key)) return;
    this.#known.add(key);
    this.all.push(match);
  }
}

/** What was said in a transcript with all of the words in it; its words are cut to what stands around the first. */
async function* hits(path: string, needles: Needles, project: string): AsyncGenerator<Saying> {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return; // Claude Code clears old transcripts away
  }
  try {
    for (const lines of newLines(file, 0)) {
      for (const { bytes } of lines)
        if (needles.mayBeIn(bytes)) yield* inLine(bytes.toString(), needles, project);
      await breathe();
    }
  } finally {
    closeSync(file);
  }
}

function* inLine(json: string, needles: Needles, project: string): Generator<Saying> {
  for (const saying of sayings(parseObject(json) ?? {})) {
    const snippet = snippetOf(legible(saying.words), needles, project);
    if (snippet !== undefined) yield { ...saying, words: snippet };
  }
}

/** With paths as short as they can be and still have the words: within the project, from its name on, or whole. */
function snippetOf(words: string, needles: Needles, project: string): string | undefined {
  return (
    needles.snippet(shortened(words, project, "")) ??
    needles.snippet(shortened(words, project, `${baseName(project)}/`)) ??
    needles.snippet(words)
  );
}

function shortened(words: string, project: string, instead: string): string {
  return project === ""
    ? words
    : words.replaceAll(`${project}/`, instead).replaceAll(`${project}\\`, instead);
}
