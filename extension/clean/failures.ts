import type { FailureType, StepStatus } from "./facts.ts";
import { type Json, text } from "./json.ts";

/** How a tool call or a request failed. */
export interface Failure {
  status: StepStatus;
  type: FailureType;
  code: string;
}

// By what the client writes as the result, most telling first; it has no field that says it.
const TEXTS: [RegExp, Partial<Failure> & { code: string }][] = [
  [/^\s*\[Tool call interrupted|^\s*\[Request interrupted/, { ...ofUser("interrupted") }],
  [/doesn't want to (proceed|take this action)|user rejected/i, { ...denied() }],
  [/^Claude requested permissions|^Permission to use .* denied|requires approval$/, { ...denied() }],
  [/^(<tool_use_error>)?Cancelled: parallel tool call/, { ...ofUser("cancelled") }],
  [/InputValidationError|input is invalid|failed schema/i, { code: "schema_invalid" }],
  [/No such tool available/, { type: "orchestration", code: "unknown_tool" }],
  [/timed out/i, { code: "timeout" }],
  [/^Exit code \d+/, { code: "exit_code" }],
  [/not found|does not exist|no such file/i, { code: "not_found" }],
  [/has not been read yet|modified since read/i, { code: "stale" }],
  [/too (large|long)|exceeds/i, { code: "too_large" }],
];

// Tools that only look something up, and those that hand work on.
const RETRIEVAL = /^(Read|Grep|Glob|LS|NotebookRead|WebFetch|WebSearch|ToolSearch)$/;
const ORCHESTRATION = /^(Agent|Task|TaskOutput|TaskStop|SendMessage|Skill)$/;

/** How a tool call failed, from the line with its result and the text of it. */
export function toolFailure(line: Json, said: string, tool = ""): Failure {
  const kind = text(line.toolDenialKind);
  if (kind === "interrupted") return ofUser("interrupted");
  if (kind !== undefined) return denied();
  const [, known] = TEXTS.find(([pattern]) => pattern.test(said)) ?? [undefined, { code: "error" }];
  const type = RETRIEVAL.test(tool) ? "retrieval" : ORCHESTRATION.test(tool) ? "orchestration" : "tool";
  return { status: "failed", type, ...known };
}

const STATUSES: Record<number, string> = {
  400: "invalid_request",
  401: "unauthorized",
  403: "unauthorized",
  404: "not_found",
  408: "timeout",
  413: "too_large",
  429: "rate_limited",
  529: "overloaded",
};

/** How a request to the model failed, by the status that the service answered with; without one it never got there. */
export function modelFailure(told: unknown, said = ""): Failure {
  // Older clients say it in their words only.
  const status = told ?? (Number(/^API Error: (\d{3})\b/.exec(said)?.[1]) || undefined);
  const code =
    typeof status === "number" ? (STATUSES[status] ?? (status >= 500 ? "server_error" : "error")) : "network";
  return { status: "failed", type: "model", code };
}

/** Whether a permission was asked of the user, by what the client calls its source: `user_temporary` and the like. */
export function byUser(source: unknown): boolean {
  return typeof source === "string" && source.startsWith("user_");
}

function denied(): Failure {
  return { status: "denied", type: "permission", code: "denied" };
}

function ofUser(code: string): Failure {
  return { status: "interrupted", type: "user", code };
}
