import { ExpectedError } from "../base/expected-error.ts";
import { blocksOf, promptText } from "../clean/prompts.ts";
import { readable } from "../clean/skim.ts";
import type { Engine } from "../db/engine.ts";
import type { Commit, Prompt, Session, Step } from "../protocol.ts";
import { Agents } from "./agents.ts";
import { filesOf } from "./files.ts";
import { addUsage, noUsage, Requests } from "./requests.ts";
import type { Sessions } from "./sessions.ts";
import { spentOf } from "./spent.ts";
import { isAtWork } from "./status.ts";
import { dressStep, stepRows } from "./steps.ts";
import { type Spot, Words } from "./words.ts";

interface PromptRow extends Spot {
  id: string;
  at: number;
}

// What only hooks told of so far has no place in a transcript yet.
const PROMPTS = `select coalesce(r.at, 0) as at, r.id, r.offset, r.length, f.path from prompt r
  left join source f on f.id = r.source where r.session = ? order by r.at, r.offset`;

/** One session with its prompts and, below each, all that followed up to the next. */
export function wholeSession(
  db: Engine,
  sessions: Sessions,
  id: string,
  hash: (path: string) => string,
): Session {
  const row = sessions.one(id);
  const key = keyOf(db, id);
  if (!row || key === undefined) throw unknownSession();
  using words = new Words(db);
  const steps = stepRows(db, key);
  const requests = new Requests(db, key, steps);
  const agents = new Agents(db, key, steps, requests);
  const chapters = chaptersOf(db.all<PromptRow>(PROMPTS, [key]), words, row.startedAt);
  const running = isAtWork(row);
  for (const step of steps) {
    const chapter = chapterOf(chapters, step, agents);
    chapter.steps.push(dressStep(step, words, requests, agents, running));
  }
  for (const request of requests.all) addUsage(chapterOf(chapters, request, agents).usage, request);
  const prompts = chapters.filter(chapter => chapter.id !== "" || chapter.steps.length > 0).map(finish);
  return {
    ...row,
    prompts,
    requests: requests.list(),
    subagents: agents.list(),
    files: filesOf(db, key, words, hash),
    commits: commitsOf(db, key),
  };
}

export function keyOf(db: Engine, id: string): number | undefined {
  return db.get<{ key: number }>("select key from session where id = ?", [id])?.key;
}

export function unknownSession(): ExpectedError {
  return new ExpectedError("This session is not known. It may have been deleted; refresh the list.");
}

interface Chapter extends Omit<Prompt, "tokens" | "costUsd"> {
  usage: ReturnType<typeof noUsage>;
}

/** People paste whole logs into their prompts; a longer one is cut short. */
const LONG_PROMPT = 1024 * 1024;

/** Steps before any prompt, as in a transcript whose head is lost, get a chapter of their own. */
function chaptersOf(prompts: PromptRow[], words: Words, start: number): Chapter[] {
  // What no agent ran has none at all, such as a server that was recorded.
  const text = prompts.length > 0 ? "(before the first prompt)" : "(without a prompt)";
  const before = { id: "", text, startedAt: start, endedAt: start };
  const known = prompts.map(row => {
    const line = words.line(row, LONG_PROMPT);
    const said = promptText(line) ?? words.kept("prompt", row.id);
    const text = said === undefined ? "(no longer in the transcript)" : readable(said);
    const pictures = blocksOf(line).filter(block => block.type === "image").length;
    return { id: row.id, text, ...(pictures > 0 && { pictures }), startedAt: row.at, endedAt: row.at };
  });
  return [before, ...known].map(chapter => ({ ...chapter, steps: [], usage: noUsage() }));
}

/** The prompt that something followed: as the transcript says, as its sub-agent's call does, or by the time. */
export function chapterOf<T extends Pick<Prompt, "id" | "startedAt">>(
  chapters: T[],
  row: { at: number | null; agent: string | null; prompt: string | null },
  agents: Agents,
): T {
  const prompt = agents.promptOf(row);
  const at = row.at ?? 0;
  const found = chapters.find(chapter => chapter.id !== "" && chapter.id === prompt);
  const byTime = () => chapters.findLast(chapter => chapter.id !== "" && chapter.startedAt <= at);
  return (found ?? byTime() ?? chapters[0]) as T;
}

function finish({ usage, ...chapter }: Chapter): Prompt {
  // A thought is noted when it is over.
  const endOf = ({ kind, startedAt, waitedMs, durationMs }: Step) =>
    startedAt + (kind === "thinking" ? 0 : waitedMs + (durationMs ?? 0));
  const endedAt = chapter.steps.reduce((latest, step) => Math.max(latest, endOf(step)), chapter.endedAt);
  return { ...chapter, endedAt, ...spentOf(usage) };
}

function commitsOf(db: Engine, key: number): Commit[] {
  const sql =
    "select sha, step as stepId, coalesce(at, 0) as at from git_commit where session = ? order by at, id";
  return db.all<Commit>(sql, [key]);
}
