import { linesOf } from "../clean/patch.ts";
import type { Engine } from "../db/engine.ts";
import type { Blame, BlamedStep, BlameWanted, FileStep, OtherSpan } from "../questions.ts";
import { NOBODY, Written } from "./blame.ts";
import { Origins, promptSaid } from "./origins.ts";
import type { OtherLines } from "./others.ts";
import type { Sessions } from "./sessions.ts";
import { isExact, type Stories, type StoryRow, type Version } from "./story.ts";
import { Words } from "./words.ts";

/** So many files' stories are kept at hand. */
const CACHED = 20;

/** What the last step left of a file, and who wrote it. */
interface Known {
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

  /** Who wrote the lines; what others noted down counts where no session of ours may have. */
  of({ path, text }: BlameWanted, noted?: OtherLines): Blame {
    const file = this.#stories.fileOf(path);
    const known = file === undefined ? undefined : this.#know(file);
    const written = known?.written?.copy();
    written?.next(linesOf(text), NOBODY);
    const spans = spansOf(written?.owners ?? new Int32Array());
    const numbers = [...new Set(spans.map(span => span.step))];
    const rows = numbers.flatMap(number => known?.rows[number] ?? []);
    return {
      spans: spans.map(span => ({ ...span, step: numbers.indexOf(span.step) })),
      steps: this.#steps(rows),
      others: noted ? othersOf(noted, written?.owners) : [],
    };
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
    const before = this.#known.get(file);
    const written = this.#goOn(rows, before) ?? this.#write(rows);
    this.#known.delete(file);
    this.#known.set(file, { rows, written });
    const [[oldest] = []] = this.#known;
    if (this.#known.size > CACHED && oldest !== undefined) this.#known.delete(oldest);
    return { rows, written };
  }

  /** While an agent works, its edits come one by one; each says by itself what it did. */
  #goOn(rows: StoryRow[], known: Known | undefined): Written | undefined {
    if (!known?.written || !known.rows.every((row, i) => JSON.stringify(row) === JSON.stringify(rows[i])))
      return undefined;
    using words = new Words(this.#db);
    const versions = rows.slice(known.rows.length).map(row => this.#stories.alone(row, words));
    return versions.every(isExact) ? follow(versions, known.written, known.rows.length) : undefined;
  }

  #write(rows: StoryRow[]): Written | undefined {
    using words = new Words(this.#db);
    return follow(this.#stories.whole(rows, words));
  }

  #steps(rows: StoryRow[]): BlamedStep[] {
    using words = new Words(this.#db);
    const origins = kept((id: string) => {
      const steps = rows.filter(row => row.id === id).map(row => row.step);
      return new Origins(this.#db, id, steps);
    });
    const titled = kept((id: string) => this.#sessions.one(id)?.title ?? "");
    const said = kept((prompt: string | null) => promptSaid(this.#db, words, prompt));
    return rows.map(({ id, step, agent, at }) => {
      const promptId = origins(id).promptOf(step);
      return {
        ...{ sessionId: id, stepId: step, agentId: agent, at, promptId, title: titled(id) },
        ...{ prompt: said(promptId), model: origins(id).modelOf(step), costUsd: origins(id).costOf(step) },
      };
    });
  }
}

/** Answers the same question only once. */
function kept<Q, A>(answer: (question: Q) => A): (question: Q) => A {
  const answers = new Map<Q, A>();
  return question => {
    const known = answers.get(question) ?? answer(question);
    answers.set(question, known);
    return known;
  };
}

/** Follows the lines through all steps; what happened in between was somebody else's. */
function follow(versions: Version[], known?: Written, first = 0): Written | undefined {
  let written = known;
  for (const [i, version] of versions.entries()) {
    if (!isExact(version)) continue;
    const before = version.before ?? [];
    if (written) written.next(before, NOBODY);
    else written = new Written(before);
    written.next(version.after ?? [], first + i);
  }
  return written;
}

function othersOf({ owners, others }: OtherLines, ours: Int32Array | undefined): OtherSpan[] {
  const left = owners.map((owner, line) => ((ours?.[line] ?? NOBODY) === NOBODY ? owner : NOBODY));
  return spansOf(left).flatMap(({ start, count, step }) => {
    const other = others[step];
    return other ? [{ start, count, ...other }] : [];
  });
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
