import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CAPTURES, hooksOf, logsOf } from "../captured.ts";
import { SAID, SHAPED } from "../clean/fake-secrets.ts";
import { type Text, textsIn, withTexts } from "./words.ts";

/** A capture with a secret in each of its words, the same in the same words, as its sources tell of it. */
export interface Planted {
  hooks: object[];
  /** Requests of OTLP/JSON, and those in protobuf as they came. */
  logs: { type: string; body: Buffer<ArrayBuffer> }[];
  texts: Text[];
}

/** Writes the planted transcripts of a capture into a folder. */
export function plant(name: string, folder: string): Planted {
  const texts: Text[] = [];
  const seen = <T>(line: T): T => {
    texts.push(...textsIn(line));
    return line;
  };
  const planted = <T>(line: T) => seen(withTexts(line, withSecret));
  for (const file of readdirSync(join(CAPTURES, name, "projects"), { recursive: true, encoding: "utf8" })) {
    if (!/\.jsonl?$/.test(file)) continue;
    const text = readFileSync(join(CAPTURES, name, "projects", file), "utf8");
    const to = join(folder, "projects", file);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(
      to,
      text.replace(/^.+$/gm, line => JSON.stringify(planted(JSON.parse(line)))),
    );
  }
  const hooks = hooksOf(name).map(({ body }) => planted(body));
  const logs = logsOf(name).map(({ form, body }) => {
    if (form !== "json") return { type: "application/x-protobuf", body: Buffer.from(body, "base64") };
    const request = JSON.parse(body) as Logs;
    for (const { attributes } of recordsIn(request)) {
      const said = Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue]));
      const changed = planted(said);
      for (const { key, value } of attributes)
        if (value.stringValue !== undefined) value.stringValue = changed[key] ?? "";
    }
    return { type: "application/json", body: Buffer.from(JSON.stringify(request)) };
  });
  return { hooks, logs, texts };
}

interface Logs {
  resourceLogs: { scopeLogs: { logRecords: Record[] }[] }[];
}
interface Record {
  attributes: { key: string; value: { stringValue?: string } }[];
}

function recordsIn({ resourceLogs }: Logs): Record[] {
  return resourceLogs.flatMap(({ scopeLogs }) => scopeLogs.flatMap(({ logRecords }) => logRecords));
}

function withSecret({ text, tier, free }: Text): string {
  if (tier === 1 || !free || text === "") return text;
  const sum = [...text].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), text.length);
  const isPath = /^\/\S+$/.test(text);
  if (isPath) return `${text}/${SHAPED[sum % SHAPED.length]?.[1]}`;
  return `${text} ${SAID[sum % SAID.length]?.said}`;
}

const secret = SHAPED[4]?.[1] ?? "";
const logRecords = [
  {
    timeUnixNano: "1795227125000000000",
    attributes: ["session.id", "event.name", "model", "request_id", "cost_usd"].map(key => ({
      key,
      value: { stringValue: `${key}/${secret}` },
    })),
  },
];

/** Secrets where names belong, and words of hooks that can't be stored. */
export const misplaced: [path: string, body: object][] = [
  ["/v1/logs", { resourceLogs: [{ scopeLogs: [{ logRecords }] }] }],
  [
    "/v1/hooks",
    { session_id: "s", hook_event_name: secret, tool_use_id: secret, tool_name: secret, agent_type: secret },
  ],
  ["/api/events", { events: [{ agent_id: secret, event_type: "call", timestamp: 1, model: secret }] }],
  [
    "/v1/hooks",
    {
      ...{ hook_event_name: "PostToolUse", prompt: secret, tool_input: { command: secret } },
      tool_response: { filePath: `/a/path/${secret}`, structuredPatch: [] },
    },
  ],
];
