import { ExpectedError } from "../base/expected-error.ts";
import { baseName, clock, count, duration, money, oneLine } from "../base/format.ts";
import { labelOf, troubleOf } from "../base/steps.ts";
import type { Prompt, Session, SessionRow, Step } from "../protocol.ts";
import { asJson } from "./json.ts";
import { reading } from "./progress.ts";
import type { Terminal } from "./terminal.ts";

/** Prints one session whole, by its id or the beginning of it. */
export async function inspect(terminal: Terminal, [given]: string[]): Promise<void> {
  const { owner, json, print } = terminal;
  if (given === undefined)
    throw new ExpectedError("inspect wants a session's id, or its beginning; agent-trace list has them.");
  await reading(terminal);
  const session = await owner.session(idOf(await owner.sessions(), given));
  if (json) return print(asJson(session));
  print(headOf(session));
  for (const prompt of session.prompts) print(chapterOf(prompt));
}

function idOf(sessions: SessionRow[], given: string): string {
  const found = sessions.filter(session => session.id.startsWith(given));
  const [only, another] = found;
  if (only && !another) return only.id;
  if (found.some(session => session.id === given)) return given;
  if (!only)
    throw new ExpectedError(`There is no session ${given}. agent-trace list --json has the ids of all.`);
  const names = found.slice(0, 5).map(session => `\n  ${session.id}  ${session.title}`);
  throw new ExpectedError(`${count(found.length, "session")} begin with ${given}:${names.join("")}`);
}

function headOf(session: Session): string {
  const { costUsd, unattributedUsd, unpricedModels, files, commits, subagents } = session;
  const spent =
    unattributedUsd > 0 ? `${money(costUsd)} + ${money(unattributedUsd)} unattributed` : money(costUsd);
  return [
    session.title,
    `${session.id} · ${session.status} · ${new Date(session.startedAt).toLocaleString("en-GB")}`,
    `${baseName(session.project)} · ${session.models.join(", ")} · ${duration(session.endedAt - session.startedAt)} · ${spent}`,
    `${count(session.toolCalls, "tool call")}, ${count(session.errors, "error")}, ${count(subagents.length, "sub-agent")}, ` +
      `${count(files.length, "file")} (+${session.linesAdded} −${session.linesRemoved}), ${count(commits.length, "commit")}`,
    ...unpricedModels.map(model => `The price of ${model} is not known; what it cost is missing above.`),
  ].join("\n");
}

function chapterOf(prompt: Prompt): string {
  const head = `\n${clock(prompt.startedAt)}  ${oneLine(prompt.text, 90)}  (${money(prompt.costUsd)})`;
  // That it thought and answered goes without saying; what, the replay shows.
  const done = prompt.steps.filter(({ kind }) => kind !== "response" && kind !== "thinking");
  return [head, ...done.map(rowOf)].join("\n");
}

function rowOf(step: Step): string {
  const label = [step.name ?? step.kind, labelOf(step)].filter(Boolean).join(" ");
  const lines = step.added + step.removed > 0 ? `+${step.added} −${step.removed}` : "";
  const took = step.durationMs === null || step.durationMs < 100 ? "" : duration(step.durationMs);
  const aside = [troubleOf(step), lines, took].filter(Boolean).join(", ");
  return `       ${step.agentId ? "↳ " : ""}${oneLine(label, 90)}${aside && `  (${aside})`}`;
}
