/** The answer as programs get it: times as ISO 8601, and nothing that only views need. */
export function asJson(value: unknown): string {
  return JSON.stringify(value, dressed, 2);
}

const TIMES = new Set(["startedAt", "endedAt", "statusSince", "at"]);

function dressed(name: string, value: unknown): unknown {
  if (name === "transcript") return undefined;
  return TIMES.has(name) && typeof value === "number" ? new Date(value).toISOString() : value;
}
