import { baseName, count, oneLine } from "../../extension/base/format.ts";
import type { Step } from "../../extension/protocol.ts";
import { harmless } from "./harmless.ts";
import { isSearch } from "./kind.ts";
import type { Story } from "./story.ts";
import { modelName, since, within } from "./words.ts";

/** What a step was, in one line. */
export interface Headline {
  /** In the editor's font. */
  code?: string;
  /** Before it, in plain words. */
  lead?: string;
  /** What to see first, after the lead. */
  strong?: string;
  /** Written in Markdown. */
  said?: string;
  /** Quietly, at the end. */
  aside?: string;
}

export function headlineOf(step: Step, story: Story): Headline {
  const line = step.kind === "tool" ? ofTool(step, story) : ofOther(step);
  const retried = story.retryOf.get(step.id);
  if (!retried) return line;
  const outcome = step.status === "ok" ? "passed" : step.status === "running" ? "running" : "failed again";
  const retry = `retry of ${since(retried.startedAt - story.session.startedAt)}, ${outcome}`;
  return { ...line, aside: [line.aside, retry].filter(Boolean).join(" · ") };
}

function ofTool(step: Step, story: Story): Headline {
  const name = step.name ?? "tool";
  const target = harmless(oneLine(step.target ?? "", 240));
  switch (name) {
    case "Agent":
    case "Task":
      return ofAgent(step, story, target);
    case "Bash":
    case "PowerShell":
      return target ? { code: target } : { strong: name };
    case "TodoWrite":
      return { lead: "Updated its list of tasks" };
    case "ExitPlanMode":
      return { lead: "Made a plan" };
    case "AskUserQuestion":
      return { lead: "Asked you", aside: target };
    case "Skill":
      return { lead: "Used the skill", strong: target };
  }
  if (FILES.test(name) && target === "") return { strong: name }; // nobody knows any more, or is to know
  if (FILES.test(name)) return { ...ofFile(target, story), ...(VERBS[name] && { lead: VERBS[name] }) };
  if (isSearch(step)) return { lead: VERBS[name] ?? "Searched for", code: target };
  if (/^Web/.test(name)) return { lead: VERBS[name] ?? name, strong: target };
  if (name === "TaskUpdate") return { lead: "Updated task", strong: target };
  if (/^Task/.test(name)) return { lead: VERBS[name] ?? "Tasks", aside: target };
  const [, server, tool] = /^mcp__(.+?)__(.+)$/.exec(name) ?? [];
  const called = target ? { lead: tool ?? name, code: target } : { strong: tool ?? name };
  return { ...called, ...(server && { aside: server }) };
}

const FILES = /^(Read|Edit|MultiEdit|Write|NotebookEdit|NotebookRead)$/;

const VERBS: Record<string, string> = {
  Read: "Read",
  NotebookRead: "Read",
  Write: "Wrote",
  LS: "Listed",
  Glob: "Looked for",
  Grep: "Searched for",
  ToolSearch: "Looked for tools",
  WebFetch: "Fetched",
  WebSearch: "Searched the web for",
  TaskCreate: "Added a task",
  TaskList: "Looked at its tasks",
};

function ofFile(target: string, { session }: Story): Headline {
  const path = within(target, harmless(session.project));
  const name = baseName(path);
  return { code: path.slice(0, path.length - name.length), strong: name };
}

function ofAgent(step: Step, { agents, nested, requests }: Story, target: string): Headline {
  const [agent] = agents.get(step.id) ?? [];
  const steps = nested.get(step.id) ?? [];
  const model = steps.map(({ requestId }) => requests.get(requestId ?? "")?.model).find(Boolean);
  const facts = [target, steps.length > 0 && count(steps.length, "step"), model && modelName(model)];
  return { lead: "Sub-agent", strong: agent?.type ?? "", aside: facts.filter(Boolean).join(", ") };
}

function ofOther(step: Step): Headline {
  const said = harmless(step.target ?? "");
  switch (step.kind) {
    case "response":
      return said ? { said } : { lead: "Answered" };
    case "thinking":
      if (said) return { lead: "Thought", aside: oneLine(said, 200) };
      // A page that is handed out may be without what was thought.
      return step.saidBytes > 0 ? { lead: "Thought" } : { lead: "Thought", aside: "not recorded" };
    case "retry":
      return { lead: "Asked the model again", aside: [codeWords(step), said].filter(Boolean).join(": ") };
    case "error":
      return {
        lead: "The model could not answer",
        aside: [codeWords(step), said].filter(Boolean).join(": "),
      };
    case "compaction":
      return { lead: "The conversation was compacted" };
    case "interruption":
      return { lead: "You interrupted it" };
    default:
      return { code: said || (step.name ?? "") };
  }
}

/** `rate limited`: why something failed. */
export function codeWords({ failure, status }: Step): string {
  if (status === "denied") return "not allowed";
  if (status === "interrupted") return "interrupted";
  if (failure) return CODES[failure.code] ?? failure.code.replaceAll("_", " ");
  return status === "failed" ? "failed" : "";
}

const CODES: Record<string, string> = { exit_code: "failed", error: "failed" };

/** `Read 4 files, searched 2 times`: a run of steps, and what they were about. */
export function runHeadline(steps: Step[]): { lead: string; aside: string } {
  if (steps[0]?.kind === "retry")
    return { lead: `Asked the model again ${steps.length} times`, aside: codeWords(steps[0]) };
  const names = (some: Step[]) => [...new Set(some.map(step => baseName(step.target ?? "")).filter(Boolean))];
  const tools = steps.filter(step => step.kind === "tool");
  const reads = tools.filter(step => /^(Read|NotebookRead)$/.test(step.name ?? ""));
  const files = names(reads);
  const searches = tools.filter(isSearch).length;
  const fetched = tools.filter(step => step.name === "WebFetch").length;
  const parts = [
    reads.length > 0 && (files.length > 0 ? `read ${count(files.length, "file")}` : "read files"),
    searches > 0 && `searched ${count(searches, "time")}`,
    fetched > 0 && `fetched ${count(fetched, "page")}`,
  ].filter(part => typeof part === "string");
  const lead = parts.join(", ");
  const shown = files.slice(0, 3);
  const more = files.length - shown.length;
  const aside = [...shown, ...(more > 0 ? [`${more} more`] : [])].map(harmless).join(", ");
  return { lead: lead.charAt(0).toUpperCase() + lead.slice(1), aside };
}
