import { ExpectedError } from "../base/expected-error.ts";
import { blocksOf, promptText, userLine } from "../clean/prompts.ts";
import { readable } from "../clean/skim.ts";
import type { Engine } from "../db/engine.ts";
import type { Commit, Prompt, Session, Step } from "../protocol.ts";
import { Agents } from "./agents.ts";
import { filesOf } from "./files.ts";
import { targetOf } from "./label.ts";
import { addUsage, noUsage, type RequestRow, Requests } from "./requests.ts";
import type { Sessions } from "./sessions.ts";
import { dollars, spentOf } from "./spent.ts";
import { type Spot, Words } from "./words.ts";

interface PromptRow extends Spot {
  id: string;
  at: number;
}

interface StepRow extends PromptRow {
  kind: Step["kind"];
  name: string | null;
  prompt: string | null;
  request: string | null;
  agent: string | null;
  ended_at: number | null;
  status: Step["status"] | null;
  duration: number | null;
  failure_type: string | null;
  failure_code: string | null;
  added: number;
  removed: number;
}

// What only hooks told of so far has no place in a transcript yet.
const PROMPTS = `select coalesce(r.at, 0) as at, r.id, r.offset, r.length, f.path from prompt r
  left join source f on f.id = r.source where r.session = ? order by r.at, r.offset`;
const STEPS = `select coalesce(r.at, r.ended_at, 0) as at, r.id, r.offset, r.length, f.path,
    r.kind, r.name, r.prompt, r.request, r.agent, r.ended_at, r.status, r.duration,
    x.type as failure_type, x.code as failure_code,
    (select coalesce(sum(added), 0) from edit where step = r.id) as added,
    (select coalesce(sum(removed), 0) from edit where step = r.id) as removed
  from step r left join source f on f.id = r.source left join failure x on x.step = r.id
  where r.session = ? and r.kind is not null order by r.at, r.offset`;

/** One session with its prompts and, below each, all that followed up to the next. */
export function wholeSession(
  db: Engine,
  sessions: Sessions,
  id: string,
  hash: (path: string) => string,
): Session {
  const row = sessions.one(id);
  const key = db.get<{ key: number }>("select key from session where id = ?", [id])?.key;
  if (!row || key === undefined)
    throw new ExpectedError("This session is not known. It may have been deleted; refresh the list.");
  using words = new Words(db);
  const steps = db.all<StepRow>(STEPS, [key]);
  const requests = new Requests(db, key, steps);
  const agents = new Agents(db, key, steps, requests);
  const chapters = chaptersOf(db.all<PromptRow>(PROMPTS, [key]), words, row.startedAt);
  const running = row.status === "running";
  for (const step of steps) {
    const chapter = chapterOf(chapters, step, agents);
    chapter.steps.push(dressStep(step, words, requests, agents, running));
  }
  for (const request of requests.all) addUsage(chapterOf(chapters, request, agents).usage, request);
  const prompts = chapters.filter(chapter => chapter.id !== "" || chapter.steps.length > 0).map(finish);
  return {
    ...row,
    prompts,
    subagents: agents.list(),
    files: filesOf(db, key, words, hash),
    commits: commitsOf(db, key),
  };
}

interface Chapter extends Omit<Prompt, "tokens" | "costUsd"> {
  usage: ReturnType<typeof noUsage>;
}

/** People paste whole logs into their prompts; a longer one is cut short. */
const LONG_PROMPT = 1024 * 1024;

/** Steps before any prompt, as in a transcript whose head is lost, get a chapter of their own. */
function chaptersOf(prompts: PromptRow[], words: Words, start: number): Chapter[] {
  const before = { id: "", text: "(before the first prompt)", startedAt: start, endedAt: start };
  const known = prompts.map(row => {
    const said = promptText(words.line(row, LONG_PROMPT)) ?? words.kept("prompt", row.id);
    const text = said === undefined ? "(no longer in the transcript)" : readable(said);
    return { id: row.id, text, startedAt: row.at, endedAt: row.at };
  });
  return [before, ...known].map(chapter => ({ ...chapter, steps: [], usage: noUsage() }));
}

/** The prompt that something followed: as the transcript says, as its sub-agent's call does, or by the time. */
function chapterOf(chapters: Chapter[], row: StepRow | RequestRow, agents: Agents): Chapter {
  const prompt = agents.promptOf(row);
  const at = row.at ?? 0;
  const found = chapters.find(chapter => chapter.id !== "" && chapter.id === prompt);
  const byTime = () => chapters.findLast(chapter => chapter.id !== "" && chapter.startedAt <= at);
  return (found ?? byTime() ?? chapters[0]) as Chapter;
}

function finish({ usage, ...chapter }: Chapter): Prompt {
  const endOf = ({ startedAt, durationMs }: Step) => startedAt + (durationMs ?? 0);
  const endedAt = chapter.steps.reduce((latest, step) => Math.max(latest, endOf(step)), chapter.endedAt);
  return { ...chapter, endedAt, ...spentOf(usage) };
}

function dressStep(row: StepRow, words: Words, requests: Requests, agents: Agents, running: boolean): Step {
  const { id, kind, name, at, added, removed, agent } = row;
  return {
    ...{ id, kind, name, target: target(row, words) },
    status: statusOf(row, running),
    failure: row.failure_type === null ? null : { type: row.failure_type, code: row.failure_code ?? "error" },
    startedAt: at,
    durationMs: row.duration ?? (row.ended_at === null ? null : Math.max(0, row.ended_at - at)),
    ...{ added, removed, agentId: agent, requestId: row.request },
    costUsd: dollars(requests.shareOf(row) + agents.costOfCall(id)),
  };
}

/** A call without an end was cut short, unless it is still at it; what was left in the background went well so far. */
function statusOf({ status }: StepRow, running: boolean): Step["status"] {
  if (status === null) return running ? "running" : "interrupted";
  return status === "running" && !running ? "ok" : status;
}

function target(row: StepRow, words: Words): string | null {
  if (row.kind === "command") {
    const what = userLine(words.line(row));
    return what.kind === "command" ? readable(what.text) : null;
  }
  if (row.kind !== "tool") return null;
  const block = blocksOf(words.line(row)).find(block => block.id === row.id);
  const kept = block ? undefined : words.kept("input", row.id);
  return targetOf(block ?? (kept === undefined ? undefined : { input: JSON.parse(kept) }));
}

function commitsOf(db: Engine, key: number): Commit[] {
  const sql =
    "select sha, step as stepId, coalesce(at, 0) as at from git_commit where session = ? order by at, id";
  return db.all<Commit>(sql, [key]);
}
