import type { Engine } from "../db/engine.ts";
import type { Blame, BlamedStep, BlameWanted, FileStep } from "../questions.ts";
import { NOBODY, next, unwritten, type Written } from "./blame.ts";
import { Origins, promptSaid } from "./origins.ts";
import type { Sessions } from "./sessions.ts";
import { isExact, type Stories, type StoryRow } from "./story.ts";
import { Words } from "./words.ts";

/** So many files' stories are kept at hand. */
const CACHED = 20;

/** What the last step left of a file, and who wrote it. */
interface Known {
  story: string;
  rows: StoryRow[];
  written: Written | undefined;
}

/** Who wrote the lines of a file as it is by now. */
export class Authors {
  readonly #db: Engine;
  readonly #stories: Stories;
  readonly #sessions: Sessions;
  readonly #known = new Map<number, Known>();

  constructor(db: Engine, stories: Stories, sessions: Sessions) {
    this.#db = db;
    this.#stories = stories;
    this.#sessions = sessions;
  }

  of({ path, text }: BlameWanted): Blame {
    const file = this.#stories.fileOf(path);
    const known = file === undefined ? undefined : this.#know(file);
    if (!known?.written) return { spans: [], steps: [] };
    const spans = spansOf(next(known.written, text, NOBODY).owners);
    const numbers = [...new Set(spans.map(span => span.step))];
    const rows = numbers.flatMap(number => known.rows[number] ?? []);
    const steps = this.#steps(rows);
    return { spans: spans.map(span => ({ ...span, step: numbers.indexOf(span.step) })), steps };
  }

  history(path: string): FileStep[] {
    const file = this.#stories.fileOf(path);
    const rows = file === undefined ? [] : this.#stories.rowsOf(file);
    const counts = rows.map(({ added, removed }) => ({ added, removed }));
    return this.#steps(rows)
      .map((step, i) => ({ ...step, ...(counts[i] ?? { added: 0, removed: 0 }) }))
      .reverse();
  }

  #know(file: number): Known {
    const rows = this.#stories.rowsOf(file);
    const story = JSON.stringify(rows);
    const before = this.#known.get(file);
    const known = before?.story === story ? before : { story, rows, written: this.#write(file) };
    this.#known.delete(file);
    this.#known.set(file, known);
    const [[oldest] = []] = this.#known;
    if (this.#known.size > CACHED && oldest !== undefined) this.#known.delete(oldest);
    return known;
  }

  /** Follows the lines through all steps; what happened in between was somebody else's. */
  #write(file: number): Written | undefined {
    using words = new Words(this.#db);
    let written: Written | undefined;
    let last: string | null | undefined;
    for (const [step, version] of this.#stories.whole(file, words).entries()) {
      if (!isExact(version)) continue;
      const before = version.before ?? "";
      if (!written) written = unwritten(before);
      else if (before !== last) written = next(written, before, NOBODY);
      last = version.after ?? "";
      written = next(written, last, step);
    }
    return written;
  }

  #steps(rows: StoryRow[]): BlamedStep[] {
    using words = new Words(this.#db);
    const origins = new Map<string, Origins>();
    for (const id of new Set(rows.map(row => row.id))) {
      const steps = rows.filter(row => row.id === id).map(row => row.step);
      origins.set(id, new Origins(this.#db, id, steps));
    }
    const titles = new Map([...origins.keys()].map(id => [id, this.#sessions.one(id)?.title ?? ""]));
    return rows.map(({ id, step, agent, at }) => {
      const promptId = origins.get(id)?.promptOf(step) ?? null;
      return {
        ...{ sessionId: id, stepId: step, agentId: agent, at, promptId, title: titles.get(id) ?? "" },
        prompt: promptSaid(this.#db, words, promptId),
        model: origins.get(id)?.modelOf(step) ?? null,
        costUsd: origins.get(id)?.costOf(step) ?? 0,
      };
    });
  }
}

function spansOf(owners: Int32Array): Blame["spans"] {
  const spans: Blame["spans"] = [];
  for (const [line, step] of owners.entries()) {
    const last = spans.at(-1);
    if (step < 0) continue;
    if (last?.step === step && last.start + last.count === line) last.count++;
    else spans.push({ start: line, count: 1, step });
  }
  return spans;
}
