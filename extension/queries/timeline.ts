import { ExpectedError } from "../base/expected-error.ts";
import type { Engine } from "../db/engine.ts";
import type { StepsWanted, TimelineStep } from "../questions.ts";
import { Agents } from "./agents.ts";
import { Requests } from "./requests.ts";
import { chapterOf, keyOf, unknownSession } from "./session.ts";
import type { Sessions } from "./sessions.ts";
import { isAtWork } from "./status.ts";
import { dressStep, someSteps, stepIds, stepPlaces } from "./steps.ts";
import { Words } from "./words.ts";

const PROMPTS =
  "select id, coalesce(at, 0) as startedAt from prompt where session = ? order by prompt.at, prompt.offset";

/** So many are answered at once, unless fewer are wanted: SQLite takes them by as many parameters. */
const MOST_STEPS = 1000;

/** A page of a session's steps in their order; only the words of these are read. */
export function timeline(
  db: Engine,
  sessions: Sessions,
  id: string,
  { after, limit = MOST_STEPS }: StepsWanted,
): TimelineStep[] {
  const row = sessions.one(id);
  const key = keyOf(db, id);
  if (!row || key === undefined) throw unknownSession();
  const ids = stepIds(db, key);
  const last = after === undefined ? -1 : ids.indexOf(after);
  if (after !== undefined && last < 0)
    throw new ExpectedError("The step to go on from is not known any more. Start from the first page.");
  const page = ids.slice(last + 1, last + 1 + Math.min(limit, MOST_STEPS));
  const places = stepPlaces(db, key, page);
  const requests = new Requests(db, key, places, "some");
  const agents = new Agents(db, key, places, requests);
  const prompts = [{ id: "", startedAt: 0 }, ...db.all<{ id: string; startedAt: number }>(PROMPTS, [key])];
  using words = new Words(db);
  return someSteps(db, page).map(step => ({
    ...dressStep(step, words, requests, agents, isAtWork(row)),
    promptId: chapterOf(prompts, step, agents).id || null,
  }));
}
