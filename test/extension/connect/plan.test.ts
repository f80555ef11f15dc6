import { parse } from "jsonc-parser";
import { expect, test, vi } from "vitest";
import { commandOf } from "../../../extension/connect/hook-script.ts";
import type { Wanted } from "../../../extension/connect/pieces.ts";
import { plan, unplan } from "../../../extension/connect/plan.ts";
import { randomSettings } from "./random-settings.ts";
import { WANTED } from "./wanted.ts";

const connect = (text: string | undefined, wanted: Partial<Wanted> = {}) =>
  plan(text, { ...WANTED, ...wanted }).text ?? "";
const disconnect = (text: string) => unplan(text, WANTED);

test("a new file says what is sent where, and which hooks run", () => {
  const hook = `[{ "hooks": [{ "type": "command", "command": ${JSON.stringify(commandOf(WANTED.dataDir))}, "timeout": 1 }] }]`;
  expect(connect(undefined, { clients: [] })).toBe(`{
  "env": {
    "OTEL_EXPORTER_OTLP_LOGS_HEADERS": "Authorization=Bearer ${WANTED.token}",
    "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT": "http://127.0.0.1:8317/v1/logs",
    "OTEL_EXPORTER_OTLP_LOGS_PROTOCOL": "http/protobuf",
    "OTEL_LOGS_EXPORTER": "otlp",
    "OTEL_LOGS_EXPORT_INTERVAL": "1000",
    "CLAUDE_CODE_OTEL_SHUTDOWN_TIMEOUT_MS": "1000",
    "CLAUDE_CODE_ENABLE_TELEMETRY": "1"
  },
  "hooks": {
    "SessionStart": ${hook},
    "UserPromptSubmit": ${hook},
    "Notification": ${hook},
    "SubagentStop": ${hook},
    "PreCompact": ${hook},
    "SessionEnd": ${hook}
  }
}`);
});

const OTHERS = `// mine
{
    "model": "opus", // the big one
    "hooks": {
        "SessionStart": [
            { "hooks": [{ "type": "command", "command": "date" }] }, // first
        ],
        /* no longer: "Stop": [] */
    },
    "env": {}
}
`;

test("in an old file all that was there stays, and ours comes last", () => {
  const text = connect(OTHERS, { clients: [] });
  for (const line of OTHERS.split("\n")) expect(text).toContain(line.replace(/[}\]],?$/, "").trimEnd());
  expect(parse(text).hooks.SessionStart[0]).toEqual({ hooks: [{ type: "command", command: "date" }] });
  expect(parse(text).hooks.SessionStart).toHaveLength(2);
  expect(Object.keys(parse(text).env)).toHaveLength(7);
});

const events = (wanted: Partial<Wanted>) => Object.keys(parse(connect(undefined, wanted)).hooks ?? {}).length;
test.each<[string, string[], number]>([
  ["when nothing is known of the client, only events that all know", [], 6],
  ["the oldest client", ["1.0.128"], 6],
  ["one in the middle", ["2.0.77"], 8],
  ["a new one beside an old one", ["2.1.329", "1.0.128"], 6],
  ["a new one", ["2.1.329"], 10],
  ["one that is not out yet", ["3.0.0"], 10],
])("%s: %j", (_, clients, count) => {
  expect(events({ clients })).toBe(count);
  expect(Object.keys(parse(connect(undefined, { clients })).hooks)).not.toContain("Stop");
});

test("hooks over HTTP are for clients that know them; for the others they would spoil the whole file", () => {
  const types = (clients: string[]) =>
    Object.values(parse(connect(undefined, { hooks: "http", clients })).hooks as Record<string, never>).map(
      ([group]: { hooks: { type: string }[] }[]) => group?.hooks[0]?.type,
    );
  expect(types(["2.1.329"])).toEqual(["command", ...Array(13).fill("http")]);
  expect(new Set(types(["2.1.329", "2.0.77"]))).toEqual(new Set(["command"]));
  expect(plan(undefined, { ...WANTED, hooks: "http", clients: [] }).notes[0]).toMatch(/2\.1\.197 or newer/);
});

test.each<[1 | 2 | 3, object]>([
  [1, {}],
  [2, { OTEL_LOG_USER_PROMPTS: "1", OTEL_LOG_TOOL_DETAILS: "1", OTEL_LOG_ASSISTANT_RESPONSES: "0" }],
  [3, { OTEL_LOG_USER_PROMPTS: "1", OTEL_LOG_TOOL_DETAILS: "1", OTEL_LOG_ASSISTANT_RESPONSES: "1" }],
])("at tier %d telemetry says what the tier may keep", (tier, content) => {
  const { env } = parse(connect(undefined, { tier }));
  expect(Object.entries(env).filter(([name]) => name.startsWith("OTEL_LOG_"))).toEqual(
    Object.entries(content),
  );
});

test.each<[string, string, string[]]>([
  ["in the settings", '{"env":{"OTEL_EXPORTER_OTLP_ENDPOINT":"https://elsewhere"}}', []],
  ["switched off in the settings", '{"env":{"CLAUDE_CODE_ENABLE_TELEMETRY":"0"}}', []],
  ["in the environment", "{}", ["OTEL_LOGS_EXPORTER"]],
])("telemetry that is set up %s is left alone", (_, text, environment) => {
  const { text: after = "", notes } = plan(text, { ...WANTED, environment });
  expect(parse(after).env).toEqual(parse(text).env);
  expect(parse(after).hooks).toHaveProperty("SessionStart");
  expect(notes).toEqual([expect.stringMatching(/Telemetry is left alone.*(OTEL|CLAUDE)/)]);
});

test.each([
  ["nothing to connect", { telemetry: false, hooks: "none" as const }, OTHERS],
  ["telemetry only", { hooks: "none" as const }, expect.not.stringContaining("hook.sh")],
  ["hooks only", { telemetry: false }, expect.not.stringContaining("8317")],
])("%s", (_, wanted, expected) => expect(connect(OTHERS, wanted)).toEqual(expected));

const TEXTS = [
  ...[
    "{}",
    "{}\n",
    "{\n}",
    "{ }",
    " {} ",
    "{\r\n}\r\n",
    "",
    "\n",
    "// nothing\n",
    "// nothing",
    "\ufeff",
    "\ufeff{}\n",
  ],
  ...[
    '{"a":1}',
    '{"a":1,}',
    '{ "a": 1 }\n',
    '{\n\t"a": 1\n}\n',
    '{\r\n    "a": 1,\r\n}\r\n',
    '{\n  "a": 1 // c\n}',
  ],
  ...["{ // c\n}\n", "{/* c */}", '{"a":1 /* , */ , /* c */ }', '{"a":"}"}\n', '{"a": 1\n  // hi, you\n}\n'],
  ...[
    '{"hooks":{}}',
    '{"hooks":{},"env":{}}\n',
    '{"hooks":{"SessionStart":[]}}',
    '{\n "hooks": {\n  "SessionStart": [ ]\n }\n}',
  ],
  ...[
    '{"hooks":{"SessionStart":[{"hooks":[]}]}}',
    '{"hooks":{/* c */}}',
    '{"env":{\n}}\n',
    '{"env":{"A":"1"}}',
    OTHERS,
  ],
];

test.each(TEXTS.map(text => [text]))("%j comes back to the byte", text => {
  expect(connect(text)).not.toBe(text);
  expect(disconnect(connect(text))).toBe(text);
  expect(connect(connect(text))).toBe(connect(text));
});

test("a file that was not there goes away again", () => {
  expect(disconnect(connect(undefined))).toBeUndefined();
});

test("what is ours is JSON wherever it is put", () => {
  for (const text of TEXTS) {
    const errors: never[] = [];
    parse(connect(text).replace(/^\ufeff/, ""), errors, { allowTrailingComma: true });
    expect([text, errors]).toEqual([text, []]);
  }
});

const variants: Partial<Wanted>[] = [
  {},
  { hooks: "http", tier: 3 },
  { hooks: "none" },
  { telemetry: false, clients: [] },
];

vi.setConfig({ testTimeout: 60_000 }); // where all cores are busy

test("a thousand times: whatever the settings, they come back; twice is once; what is others' stays", () => {
  for (let seed = 0; seed < 1000; seed++) {
    const text = randomSettings(seed);
    const wanted = { ...WANTED, ...variants[seed % variants.length] };
    const after = plan(text, wanted).text ?? "";
    expect([seed, unplan(after, wanted)]).toEqual([seed, text]);
    expect([seed, plan(after, wanted).text]).toEqual([seed, after]);
    // From one way to connect to another and back, as when the tier changes.
    expect([seed, plan(plan(after, WANTED).text, wanted).text]).toEqual([seed, after]);
    const [before, now] = [contentOf(text), contentOf(after)];
    const { hooks, env, ...rest } = now;
    expect([seed, { ...before, hooks, env }]).toEqual([seed, { ...rest, hooks, env }]);
    for (const [event, groups] of Object.entries(before.hooks ?? {}))
      expect([seed, hooks[event]?.slice(0, groups.length)]).toEqual([seed, groups]);
    expect([seed, env ?? {}]).toEqual([seed, expect.objectContaining(before.env ?? {})]);
  }
});

function contentOf(text: string) {
  const value = parse(text.replace(/^\ufeff/, ""), [], { allowTrailingComma: true }) ?? {};
  return value as { hooks: Record<string, unknown[]>; env: Record<string, string> };
}

const edits: [string, string, (text: string) => string, string | undefined][] = [
  [
    "a setting after ours",
    '{\n  "model": "opus"\n}\n',
    text => text.replace(/\n\}\n$/, ',\n  "theme": "dark"\n}\n'),
    '{\n  "model": "opus",\n  "theme": "dark"\n}\n',
  ],
  [
    "a setting before all",
    '{\n  "model": "opus"\n}\n',
    text => text.replace("{\n", '{\n  "theme": "dark",\n'),
    '{\n  "theme": "dark",\n  "model": "opus"\n}\n',
  ],
  [
    "the setting that was there is gone",
    '{\n  "model": "opus"\n}\n',
    text => text.replace('\n  "model": "opus",', ""),
    "{}\n",
  ],
  [
    "a variable among ours",
    "{}\n",
    text => text.replace('"env": {', '"env": {\n    "MINE": "1",'),
    '{\n  "env": {\n    "MINE": "1"\n  }\n}\n',
  ],
  [
    "a value of ours that the user changed",
    "{}\n",
    text => text.replace('"1000"', '"9000"'),
    '{\n  "env": {\n    "OTEL_LOGS_EXPORT_INTERVAL": "9000"\n  }\n}\n',
  ],
  [
    "a hook in our group",
    "{}\n",
    text =>
      text.replace(
        '"SessionStart": [{ "hooks": [',
        '"SessionStart": [{ "hooks": [{ "type": "command", "command": "date" }, ',
      ),
    '{\n  "hooks": {\n    "SessionStart": [{ "hooks": [{ "type": "command", "command": "date" }] }]\n  }\n}\n',
  ],
  [
    "all written anew, as Claude Code does",
    '{"model":"opus"}',
    text => JSON.stringify(parse(text), undefined, 2),
    '{\n  "model": "opus"\n}',
  ],
  [
    "all written anew where nothing was",
    "{}\n",
    text => `${JSON.stringify(parse(text), undefined, 2)}\n`,
    "{}\n",
  ],
  [
    "all written anew where no file was",
    undefined as never,
    text => JSON.stringify(parse(text), undefined, 2),
    undefined,
  ],
];

test.each(edits)("later edits stay: %s", (_, before, edit, expected) => {
  const edited = edit(connect(before));
  expect(edited).not.toBe(connect(before));
  expect(disconnect(edited)).toBe(expected);
});

test("settings that Claude Code wrote anew with ours in them are connected still, and stay as they are", () => {
  const anew = JSON.stringify(parse(connect('{"model":"opus"}')), undefined, 4);
  expect(connect(anew)).toBe(anew);
});

test("another Agent Trace's hooks, and its telemetry, are others'", () => {
  const other = { ...WANTED, dataDir: "/home/sam/insiders", token: "u".repeat(32), port: 8318 };
  const first = plan("{}\n", other).text;
  const both = plan(first, WANTED);
  expect(both.notes).toEqual([expect.stringMatching(/Telemetry is left alone/)]);
  expect(unplan(both.text, WANTED)).toBe(first);
  expect(unplan(unplan(both.text, other), WANTED)).toBe("{}\n");
});

test.each([
  ["{", /line 1/],
  ['{\n  "a": 1\n  "b": 2\n}', /line 3/],
  ["[]", /does not hold an object/],
  ['"text"', /does not hold an object/],
  ['{"hooks":[]}', /"hooks" is not an object/],
  ['{"hooks":{"Stop":{}}}', /hooks of "Stop" are not a list/],
  ['{"env":"A=1"}', /"env" is not an object/],
  ['{"hooks":{},"hooks":{}}', /"hooks" twice/],
  ['{"hooks":{"Stop":[],"Stop":[]}}', /"Stop" twice/],
])("%j is refused", (text, words) => {
  expect(() => connect(text)).toThrow(words);
  expect(() => disconnect(text)).toThrow(words);
});
