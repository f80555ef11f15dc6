import { brief, duration, exactClock, lines, money, oneLine } from "../base/format.ts";
import { labelOf, troubleOf } from "../base/steps.ts";
import type { Prompt, Session, Step } from "../protocol.ts";
import { headOf } from "./head.ts";
import { asJson } from "./json.ts";
import { Misuse } from "./misuse.ts";
import { reading } from "./progress.ts";
import type { Verb } from "./verb.ts";
import { idOf } from "./which.ts";
import { cut, shown } from "./width.ts";

/** Prints one session whole, by its id or the beginning of it. */
export const inspect: Verb = {
  takes: "ID",
  does: "one session whole, with its sub-agents, files and commits; the beginning of its id is enough",
  examples: ["agent-trace inspect 3f2a", "agent-trace inspect 3f2a --json | jq .requests"],
  paged: true,
  async run(terminal, [given]) {
    const { owner, json, print, width, paint } = terminal;
    if (given === undefined)
      throw new Misuse("inspect wants a session's id, or its beginning; agent-trace list has them.");
    await reading(terminal);
    const session = await owner.session(idOf(await owner.sessions(), given));
    if (json) return print(asJson(session));
    for (const line of headOf(session, width, paint)) print(line);
    for (const prompt of session.prompts) print(chapterOf(prompt, width));
    const rest = restOf(session);
    if (rest.length > 0) print(`\n${rest.map(line => cut(shown(line), width)).join("\n")}`);
  },
};

function chapterOf(prompt: Prompt, width: number): string {
  const [time, cost] = [exactClock(prompt.startedAt), money(prompt.costUsd)];
  const asked = oneLine(shown(prompt.text.trim().split("\n", 1)[0] ?? ""), 90);
  const head = `\n${time}  ${cut(asked, width - time.length - cost.length - 6)}  (${cost})`;
  // That it thought and answered goes without saying; what, the replay shows.
  const done = prompt.steps.filter(({ kind }) => kind !== "response" && kind !== "thinking");
  return [head, ...done.map(step => rowOf(step, width))].join("\n");
}

function rowOf(step: Step, width: number): string {
  const label = shown([step.name ?? step.kind, labelOf(step)].filter(Boolean).join(" "));
  const took = step.durationMs === null || step.durationMs < 100 ? "" : duration(step.durationMs);
  const said = [troubleOf(step), lines(step.added, step.removed), took].filter(Boolean).join(", ");
  const aside = said && `  (${said})`;
  return cut(`          ${step.agentId ? "↳ " : ""}${oneLine(label, 90)}`, width - aside.length) + aside;
}

/** What it left behind. */
function restOf({ subagents, files, commits }: Session): string[] {
  return [
    ...subagents.map(({ type, toolCalls, costUsd }) =>
      brief(`sub-agent ${type ?? ""}`.trim(), `${toolCalls} tool calls`, money(costUsd)),
    ),
    ...files.map(({ path, status, added, removed }) => brief(`${status} ${path}`, lines(added, removed))),
    ...commits.map(({ sha }) => `commit ${sha ?? "(of a name that was not printed)"}`),
  ];
}
