import type { Format } from "./format.ts";
import type { Trace, TracePrompt, TraceStep } from "./trace.ts";

type Cell = string | number | null;
type Of = (step: TraceStep | undefined, prompt: TracePrompt, trace: Trace) => Cell;

const iso = (at: number) => new Date(at).toISOString();

/** A row for each prompt and each step. */
const COLUMNS: Record<string, Of> = {
  session: (_, __, { id }) => id,
  project: (_, __, { project }) => project,
  prompt: (_, { id }) => id,
  step: step => step?.id ?? null,
  number: step => step?.number ?? null,
  kind: step => step?.kind ?? "prompt",
  name: step => step?.name ?? null,
  what: (step, { text }) => (step ? step.target : text),
  status: step => step?.status ?? null,
  failure_type: step => step?.failure?.type ?? null,
  failure_code: step => step?.failure?.code ?? null,
  started_at: (step, { startedAt }) => iso(step?.startedAt ?? startedAt),
  duration_ms: (step, { startedAt, endedAt }) => (step ? step.durationMs : endedAt - startedAt),
  lines_added: step => step?.added ?? null,
  lines_removed: step => step?.removed ?? null,
  agent: step => step?.agentId ?? null,
  cost_usd: (step, { costUsd }) => step?.costUsd ?? costUsd,
};

/** For spreadsheets; as RFC 4180 has it. */
export const csv: Format = {
  ...{ extension: "csv", words: "prompts" },
  ...{ begin: `${Object.keys(COLUMNS).join(",")}\r\n`, between: "", end: "" },
  of: trace =>
    trace.prompts
      .flatMap(prompt => [undefined, ...prompt.steps].map(step => row(step, prompt, trace)))
      .join(""),
};

function row(...of: Parameters<Of>): string {
  return `${Object.values(COLUMNS)
    .map(column => cell(column(...of)))
    .join(",")}\r\n`;
}

// What a spreadsheet takes for a formula, or for the beginning of one after a blank.
const FORMULA = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

function cell(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  // Within an apostrophe it is text, whatever it begins with, as OWASP advises.
  const text = FORMULA.test(value) ? `'${value}` : value;
  return `"${text.replaceAll("\0", "").replaceAll('"', '""')}"`;
}
