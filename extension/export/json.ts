import type { Format } from "./format.ts";
import type { Trace } from "./trace.ts";

const TIMES = new Set(["startedAt", "endedAt", "statusSince", "at"]);

/** Times as ISO 8601: everybody can read them. */
function dated(name: string, value: unknown): unknown {
  return TIMES.has(name) && typeof value === "number" ? new Date(value).toISOString() : value;
}

/** What a tool was given is not ours, so that a time in it stays as it is. */
function text(value: object, space?: number): string {
  return JSON.stringify(
    value,
    function (this: unknown, name: string, item: unknown) {
      return name === "input" ? item : dated(name, item);
    },
    space,
  );
}

/** All there is, session by session. */
export const json: Format = {
  ...{ extension: "json", words: "all" },
  ...{ begin: "[\n", between: ",\n", end: "\n]\n" },
  of: trace => text(trace, 2),
};

/** A line for each session, prompt, request and step, for tools that read line by line. */
export const ndjson: Format = {
  ...{ extension: "ndjson", words: "all" },
  ...{ begin: "", between: "", end: "" },
  of: trace =>
    linesOf(trace)
      .map(line => `${text(line)}\n`)
      .join(""),
};

export function linesOf({ prompts, requests, ...session }: Trace): object[] {
  const { id } = session;
  return [
    { type: "session", ...session },
    ...requests.map(request => ({ type: "request", session: id, ...request })),
    ...prompts.flatMap(({ steps, ...prompt }) => [
      { type: "prompt", session: id, ...prompt },
      ...steps.map(step => ({ type: "step", session: id, prompt: prompt.id, ...step })),
    ]),
  ];
}
