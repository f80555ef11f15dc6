import { commitsIn, pullIn } from "./commits.ts";
import { editOfInput, editsOfResult, isEditor } from "./edits.ts";
import { type Spot, type StepStatus, titleRank } from "./facts.ts";
import { byUser, toolFailure } from "./failures.ts";
import { amount, id, isObject, type Json, object, objects, text } from "./json.ts";
import { type Call, forgetCall, rememberRead } from "./memory.ts";
import { blocksOf, tag, textIn, userLine } from "./prompts.ts";
import { sizeOf } from "./size.ts";
import { keep, type Turn } from "./turn.ts";

/** A line of type user: what a person asked, how calls ended, or one of the many that the client writes. */
export function userTurn(turn: Turn): void {
  const blocks = blocksOf(turn.line);
  for (const block of blocks) if (block.type === "tool_result") result(turn, block);
  const what = userLine(turn.line, blocks);
  if (what.kind === "notification") notification(turn, what.text);
  const uuid = id(turn.line.uuid);
  if (uuid === undefined) return;
  if (what.kind === "prompt") prompt(turn, uuid, what.text);
  if (turn.copied) return;
  if (what.kind === "command") aside(turn, uuid, "command", "ok", what.name);
  if (what.kind === "interruption") aside(turn, uuid, "interruption", "interrupted");
}

function prompt(turn: Turn, uuid: string, said: string): void {
  const { spot, at, session, memory, line, tell } = turn;
  if (!turn.copied) tell({ kind: "prompt", session, id: uuid, at, spot, rank: 0, turn: id(line.promptId) });
  tell({ kind: "title", session, spot, rank: titleRank.prompt(spot) });
  memory.prompt = uuid;
  memory.unanswered = { id: uuid, at, spot };
  keep(turn, "prompt", uuid, 2, () => said);
}

/** Something that a person did besides asking. */
function aside(
  turn: Turn,
  uuid: string,
  type: "command" | "interruption",
  status: StepStatus,
  name?: string,
): void {
  const { spot, at, session, memory, tell } = turn;
  tell({ kind: "step", type, session, id: uuid, at, spot, prompt: memory.prompt, name, status });
}

function result(turn: Turn, block: Json): void {
  const step = id(block.tool_use_id);
  if (step === undefined) return;
  const call = turn.memory.calls[step];
  if (turn.copied && !call) return;
  // In a fork's file the results of the calls that it copied are the other session's too.
  const told = { ...turn, session: call?.session ?? turn.session };
  const said = saidIn(block);
  const found = object(turn.line.toolUseResult);
  const from = "transcript";
  const { session, at, spot } = told;
  const size = sizeOf(block.content);
  const goesOn = found.status === "async_launched" || found.backgroundTaskId !== undefined;
  const duration = goesOn ? undefined : durationOf(found);
  const asked = byUser(object(turn.line.permissionDecision).source) ? true : undefined;
  keep(told, "result", step, 3, () => said);
  agent(told, step, found, call);
  if (block.is_error === true) {
    const { status, type, code } = toolFailure(turn.line, said, call?.name);
    turn.tell({ kind: "result", session, step, at, spot, from, status, duration, asked, size });
    turn.tell({ kind: "failure", session, step, at, from, type, code, agent: told.agent });
  } else {
    const status = goesOn ? "running" : "ok";
    turn.tell({ kind: "result", session, step, at, spot, from, status, duration, asked, size });
    outcome(told, step, found, said, call);
  }
  forgetCall(turn.memory, step);
}

/** How long a call took by itself; its times on the clock have the waiting for a permission in them. */
function durationOf(found: Json): number | undefined {
  const told = found.totalDurationMs ?? found.durationMs;
  return typeof told === "number" ? amount(told) : undefined;
}

/** What a call that went well changed: files, and the history of the project. */
function outcome(turn: Turn, step: string, found: Json, said: string, call: Call | undefined): void {
  const { session, at, context } = turn;
  const told = editsOfResult(found, turn.bytes);
  const guessed = told.length === 0 && call && isEditor(call.name) && rebuilt(turn, step, call, said);
  for (const { path, change, added, removed } of guessed ? [guessed] : told) {
    const from = guessed ? "inferred" : "transcript";
    const file = {
      hash: context.hash(path),
      path: context.tier > 1 ? context.redactor.redact(path) : undefined,
    };
    turn.tell({ kind: "edit", session, step, at, from, file, change, added, removed, agent: turn.agent });
  }
  if (call?.file !== undefined) {
    if (call.name === "Read") rememberRead(turn.memory, call.file, turn.spot);
    else delete turn.memory.reads[call.file];
  }
  const operation = object(found.gitOperation);
  const output = call?.commit || call?.pull ? outputOf(turn, step) : (text(found.stdout) ?? said);
  if (call?.commit || isObject(operation.commit)) {
    for (const [i, sha] of commitsIn(output, operation).entries())
      turn.tell({ kind: "commit", session, id: sha ?? `${step}:${i}`, step, at, sha });
  }
  const url = call?.pull || isObject(operation.pr) ? pullIn(output, operation) : undefined;
  if (url !== undefined) turn.tell({ kind: "pull", session, url: context.redactor.redact(url), step, at });
}

/** All that a command printed: what it brought about may stand anywhere in it. */
function outputOf(turn: Turn, step: string): string {
  const line = turn.again(turn.spot) ?? turn.line;
  const block = blocksOf(line).find(block => block.tool_use_id === step);
  return text(object(line.toolUseResult).stdout) ?? (block ? saidIn(block) : "");
}

/** The edit that a call asked for, when its result has no patch: those of sub-agents don't. */
function rebuilt(turn: Turn, step: string, call: Call, said: string) {
  const block = blockAt(turn, call.spot, block => block.id === step);
  const read = call.file === undefined ? undefined : turn.memory.reads[call.file];
  const shown = read && blockAt(turn, read, block => block.type === "tool_result");
  return block && editOfInput(call.name, object(block.input), said, shown && fileIn(saidIn(shown)));
}

function blockAt(turn: Turn, spot: Spot, is: (block: Json) => boolean): Json | undefined {
  const line = turn.again(spot);
  return line && blocksOf(line).find(is);
}

/** A file as the model was shown it: with a number before each line. */
export function fileIn(shown: string): string | undefined {
  // Clients before 2.1.150 add a word of theirs.
  const [file = ""] = shown.split("\n\n<system-reminder>\n", 1);
  const lines = file.split("\n").map(line => /^\s*(\d+)[\t→](.*)$/.exec(line));
  const whole = lines.every((line, i) => Number(line?.[1]) === i + 1);
  return whole ? lines.map(line => line?.[2]).join("\n") : undefined;
}

function saidIn(block: Json): string {
  return typeof block.content === "string" ? block.content : textIn(objects(block.content));
}

/** The sub-agent that a call started. */
function agent(turn: Turn, step: string, found: Json, call: Call | undefined): void {
  const told = id(found.agentId) ?? inlineAgent(turn, step);
  if (told === undefined) return;
  const parent = call?.agent ?? turn.agent;
  turn.tell({ kind: "agent", session: turn.session, id: told, step, type: id(found.agentType), parent });
}

function inlineAgent({ memory }: Turn, step: string): string | undefined {
  return Object.values(memory.inline).includes(step) ? step : undefined;
}

const OUTCOMES: Record<string, StepStatus> = {
  completed: "ok",
  killed: "interrupted",
  stopped: "interrupted",
};

/** What became of a background task, which is told when it ends. */
function notification(turn: Turn, said: string): void {
  const step = tag(said, "tool-use-id");
  const outcome = tag(said, "status");
  if (step === undefined || id(step) === undefined || outcome === undefined) return;
  const { session, at } = turn;
  const status = OUTCOMES[outcome] ?? "failed";
  // It comes after the result that said that the task was launched, and knows better.
  turn.tell({ kind: "result", session, step, at, from: "transcript", status });
  if (status === "failed")
    turn.tell({ kind: "failure", session, step, at, from: "transcript", type: "tool", code: "background" });
}
