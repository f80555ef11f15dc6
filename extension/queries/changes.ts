import { ExpectedError } from "../base/expected-error.ts";
import { oneLine } from "../base/format.ts";
import { match, placesOf } from "../clean/align.ts";
import { diffLines } from "../clean/line-diff.ts";
import { linesOf, sidesOf } from "../clean/patch.ts";
import { hunksOf } from "../clean/told.ts";
import type { Engine } from "../db/engine.ts";
import type {
  Changes,
  ChangesWanted,
  FileVersion,
  Replacement,
  TakeBackWanted,
  TakenBack,
} from "../questions.ts";
import { Origins, promptSaid } from "./origins.ts";
import { type Net, withoutRenamed } from "./renames.ts";
import type { Sessions } from "./sessions.ts";
import { isExact, type Stories, type StoryRow, type Version } from "./story.ts";
import { type Stage, takeBack, takeBackHunk } from "./take-back.ts";
import { Words } from "./words.ts";

/** What a step, a prompt, a sub-agent or a whole session changed in the end, file by file. */
export function changes(
  db: Engine,
  { stories, sessions }: { stories: Stories; sessions: Sessions },
  session: string,
  wanted: ChangesWanted,
): Changes {
  using words = new Words(db);
  const rows = wantedRows(db, stories, session, wanted);
  const files = [...new Set(rows.map(row => row.file))];
  const found = files.map((file): Net => {
    const mine = rows.filter(row => row.file === file);
    const alone = mine.length === 1 ? mine.map(row => stories.alone(row, words)) : [];
    const story = alone.some(isExact) ? alone : stories.whole(stories.rowsOf(file), words);
    const steps = new Set(mine.map(row => row.step));
    return { steps: story.filter(version => steps.has(version.row.step)), file: net(story, steps) };
  });
  const title = oneLine(asked(db, words, session, wanted) || (sessions.one(session)?.title ?? ""));
  return { title, files: withoutRenamed(found).sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** What was asked for when it was done, unless all of the session is meant. */
function asked(db: Engine, words: Words, session: string, { step, prompt }: ChangesWanted): string {
  const id = step === undefined ? (prompt ?? null) : new Origins(db, session, [step]).promptOf(step);
  return promptSaid(db, words, id);
}

/** Takes such changes back in a file that somebody may have changed since. */
export function takenBack(
  db: Engine,
  stories: Stories,
  session: string,
  { path, text, ...wanted }: TakeBackWanted,
): TakenBack {
  using words = new Words(db);
  const file = stories.fileOf(path);
  const rows = wantedRows(db, stories, session, wanted).filter(row => row.file === file);
  if (file === undefined || rows.length === 0)
    throw new ExpectedError("Nothing in this file was changed there.");
  const story = stories.whole(stories.rowsOf(file), words);
  const steps = new Set(rows.map(row => row.step));
  const taken = takeBack(stagesOf(story), steps, text);
  // Where the texts are not known, their hunks are looked for where they stand once and only once.
  const blind = story.filter(version => steps.has(version.row.step) && !isExact(version)).reverse();
  for (const { row, told } of blind)
    for (const hunk of hunksOf(told).reverse()) takeBackHunk(taken, row.step, sidesOf(hunk));
  const first = story.find(version => steps.has(version.row.step));
  const places = replacements(text, taken.text);
  return { ...taken, places, gone: taken.text === "" && first?.before === null };
}

function replacements(text: string, wanted: string): Replacement[] {
  const [old, lines] = [linesOf(text), linesOf(wanted)];
  return placesOf(match(old, lines), old.length).map(({ before, endBefore, after, endAfter }) => ({
    ...{ start: before, end: endBefore, text: lines.slice(after, endAfter).join("") },
  }));
}

/** The first text and the last one, without what others did in between. */
function net(story: Version[], steps: Set<string>): FileVersion | undefined {
  const mine = story.filter(version => steps.has(version.row.step));
  const [first, last] = [mine[0], mine.at(-1)];
  if (!first || !last) return undefined;
  const path = mine.find(version => version.path !== "")?.path ?? "";
  const unsure = mine.filter(version => !isExact(version));
  if (unsure.length > 0 || !isExact(first) || !isExact(last)) {
    const hunks = mine.flatMap(version => hunksOf(version.told));
    const counts = { added: sum(mine, "added"), removed: sum(mine, "removed") };
    const texts = { before: null, after: null, hunks, mixed: false };
    return { path, status: last.status, kind: "hunks", ...counts, ...texts };
  }
  const until = story.slice(0, story.indexOf(last) + 1);
  const after = last.after === null ? null : last.after.join("");
  const taken = takeBack(stagesOf(until), steps, after ?? "");
  const mixed = taken.conflicts.length > 0;
  const before = first.before && (mixed ? first.before.join("") : taken.text);
  // What came and went again is no change.
  if (before === after && mine.length > 1) return undefined;
  const status = before === null ? "created" : after === null ? "deleted" : "changed";
  const counts = diffLines(before ?? "", after ?? "");
  return { path, status, kind: "exact", before, after, ...counts, hunks: [], mixed };
}

function wantedRows(db: Engine, stories: Stories, session: string, wanted: ChangesWanted): StoryRow[] {
  const { step, prompt, agent } = wanted;
  if (step !== undefined) return stories.rowsOfStep(session, step);
  const rows = stories.rowsOfSession(session);
  if (prompt === undefined && agent === undefined) return rows;
  const origins = new Origins(db, session, [...new Set(rows.map(row => row.step))]);
  const agents = agent === undefined ? undefined : origins.withThoseOf(agent);
  return rows.filter(
    row =>
      (prompt === undefined || origins.promptOf(row.step) === prompt) &&
      (!agents || agents.has(row.agent ?? "")),
  );
}

function stagesOf(story: Version[]): Stage[] {
  return story
    .filter(isExact)
    .map(({ row, before, after }) => ({ step: row.step, before: before ?? [], after: after ?? [] }));
}

function sum(versions: Version[], of: "added" | "removed"): number {
  return versions.reduce((all, { row }) => all + row[of], 0);
}
