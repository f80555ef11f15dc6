import type { Counted, Side, Used } from "../pages.ts";
import type { Prompt, Session, SessionStatus, Step } from "../protocol.ts";
import { oneLine } from "./format.ts";
import { isError, isTrouble, timesOf } from "./steps.ts";

/** What a session came to, or a prompt of it, to be held against another. */
export function sideOf(session: Session, promptId?: string): Side | undefined {
  const prompt = session.prompts.find(({ id }) => id === promptId);
  if (promptId !== undefined && !prompt) return undefined;
  const prompts = prompt ? [prompt] : session.prompts;
  const steps = prompts.flatMap(({ steps }) => steps);
  const calls = steps.filter(({ kind }) => kind === "tool");
  const { id, title, project, clientVersion } = session;
  return {
    ...{ session: id, title, project, clientVersion },
    ...(prompt && { prompt: prompt.id }),
    ...(prompt ? ofPrompt(session, prompt) : ofSession(session)),
    steps: counted(calls),
    errors: counted(steps.filter(isError)),
    ...startedIn(session, prompt),
    tools: toolsOf(calls),
    prompts: prompts
      .filter(({ id }) => id !== "")
      .map(({ id, text, costUsd }) => ({ id, text: oneLine(text, LONG), costUsd })),
  };
}

/** Of a prompt as much as its reader needs to know it by. */
const LONG = 300;

type Sums = Pick<
  Side,
  | "startedAt"
  | "costUsd"
  | "tokens"
  | "activeMs"
  | "waitingMs"
  | "well"
  | "unpricedModels"
  | "models"
  | "files"
  | "added"
  | "removed"
>;

const BAD_ENDS: SessionStatus[] = ["running", "asking", "failed", "interrupted", "lost"];

function ofSession(session: Session): Sums {
  const { startedAt, costUsd, tokens, unpricedModels, models, linesAdded, linesRemoved, files } = session;
  const { active, waiting } = timesOf(session);
  const edits = session.prompts.flatMap(({ steps }) => steps).filter(isEdit);
  return {
    ...{ startedAt, costUsd, tokens, unpricedModels, models, activeMs: active, waitingMs: waiting },
    ...{ added: linesAdded, removed: linesRemoved },
    files: { n: files.length, at: edits[0]?.id ?? null },
    well: !BAD_ENDS.includes(session.status),
  };
}

function ofPrompt(session: Session, prompt: Prompt): Sums {
  const { startedAt, costUsd, tokens, steps } = prompt;
  const asked = new Set(steps.map(({ requestId }) => requestId));
  const requests = session.requests.filter(({ id }) => asked.has(id));
  const models = [...new Set(requests.flatMap(({ model }) => model ?? []))];
  const edits = steps.filter(isEdit);
  const last = steps.at(-1);
  const isLast = prompt === session.prompts.at(-1);
  return {
    ...{ startedAt, costUsd, tokens, models, activeMs: timesOf({ prompts: [prompt] }).active },
    waitingMs: null,
    unpricedModels: session.unpricedModels.filter(model => models.includes(model)),
    added: edits.reduce((sum, { added }) => sum + added, 0),
    removed: edits.reduce((sum, { removed }) => sum + removed, 0),
    files: { n: new Set(edits.map(({ target }) => target)).size, at: edits[0]?.id ?? null },
    well: last ? !isTrouble(last) && !(isLast && BAD_ENDS.includes(session.status)) : false,
  };
}

function isEdit({ added, removed }: Step): boolean {
  return added + removed > 0;
}

/** The commits and the sub-agents of a session, or those that the steps of a prompt led to. */
function startedIn(session: Session, prompt: Prompt | undefined): Pick<Side, "commits" | "subagents"> {
  const steps = new Set(prompt?.steps.map(({ id }) => id));
  const countedBy = (started: (string | null)[]): Counted => {
    const own = prompt ? started.filter(step => step !== null && steps.has(step)) : started;
    return { n: own.length, at: own.find(step => step !== null) ?? null };
  };
  return {
    commits: countedBy(session.commits.map(({ stepId }) => stepId)),
    subagents: countedBy(session.subagents.map(({ parentStepId }) => parentStepId)),
  };
}

function counted(steps: Step[]): Counted {
  return { n: steps.length, at: steps[0]?.id ?? null };
}

/** The tools, with those that were called most often first. */
function toolsOf(calls: Step[]): Used[] {
  const names = new Set(calls.map(({ name }) => name ?? "Tool"));
  const of = (name: string): Used => {
    const own = calls.filter(call => (call.name ?? "Tool") === name);
    const ms = own.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);
    return { name, ...counted(own), failed: own.filter(isError).length, ms };
  };
  return [...names].map(of).sort((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1));
}
