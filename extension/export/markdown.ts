import { brief, count, duration, inDollars, lines } from "../base/format.ts";
import { legible } from "../base/legible.ts";
import { troubleOf } from "../base/steps.ts";
import type { Format } from "./format.ts";
import { plainOf } from "./plain.ts";
import type { TracePrompt, TraceStep } from "./trace.ts";

/** For reviews, tickets and notes. */
export const markdown: Format = {
  ...{ extension: "md", words: "all" },
  ...{ begin: "", between: "\n---\n\n", end: "" },
  of(trace) {
    const { title, id, project, models, startedAt, endedAt, costUsd, toolCalls, errors, files } = trace;
    const facts = [
      `${id} · ${trace.status} · ${new Date(startedAt).toISOString()}`,
      brief(project, models.join(", "), duration(endedAt - startedAt), inDollars(costUsd)),
      brief(count(toolCalls, "tool call"), errors > 0 && count(errors, "error")),
      ...files.map(({ path, status, added, removed }) => brief(`${status} ${path}`, lines(added, removed))),
    ];
    return [
      `# ${inline(title || `Session ${id}`)}`,
      facts.map(fact => `- ${inline(fact)}`).join("\n"),
      ...trace.prompts.map(chapter),
      "",
    ].join("\n\n");
  },
};

function chapter({ text, steps, startedAt, costUsd }: TracePrompt, i: number): string {
  const head = `## ${i + 1}. Prompt, ${new Date(startedAt).toISOString()}, ${inline(inDollars(costUsd))}`;
  return [head, ...(text ? [fenced(text)] : []), ...steps.map(part)].join("\n\n");
}

function part(step: TraceStep): string {
  const { number, kind, name, target, added, removed, durationMs, failure, input, result, text } = step;
  const trouble = troubleOf(step);
  const asides = [
    trouble && (failure ? `${trouble} (${failure.code})` : trouble),
    lines(added, removed),
    durationMs !== null && durationMs >= 100 && duration(durationMs),
  ];
  const what = kind === "tool" ? `${name ?? "tool"} ${target ?? ""}` : kind;
  const head = `**${number}.** ${inline(brief(what.trim(), ...asides))}`;
  const said = [text, input !== undefined && plainOf(input), result];
  return [head, ...said.filter(text => typeof text === "string" && text !== "").map(fenced)].join("\n\n");
}

/** Words that are shown as they are: in CommonMark every mark of ASCII can be escaped. */
function inline(text: string): string {
  return legible(text)
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[!-/:-@[-`{-~]/g, "\\$&");
}

/** Words of many lines, within a fence that is longer than any in them. */
function fenced(text: unknown): string {
  const plain = legible(String(text));
  const longest = Math.max(2, ...(plain.match(/`+/g) ?? []).map(run => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${plain.replace(/\n$/, "")}\n${fence}`;
}
