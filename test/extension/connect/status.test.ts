import { expect, test } from "vitest";
import { plan } from "../../../extension/connect/plan.ts";
import { type Circumstances, findings } from "../../../extension/connect/status.ts";
import { WANTED } from "./wanted.ts";

const { text: CONNECTED } = plan(undefined, WANTED);
const { text: HTTP } = plan(undefined, { ...WANTED, hooks: "http" });
const path = "/home/sam/.claude/settings.json";
const policy = "/etc/claude-code/managed-settings.json";

const FINE: Circumstances = {
  side: WANTED,
  settings: [{ path, text: CONNECTED }],
  managed: [],
  port: 8317,
  clients: ["2.1.329"],
  trouble: undefined,
  waiting: 0,
};
const LINE = { what: `Connected in ${path}: hooks (10 events) and telemetry.` };
const managed = (text: object) => ({ managed: [{ path: policy, text: JSON.stringify(text) }] });

test.each<[string, Partial<Circumstances>, RegExp, RegExp | undefined]>([
  [
    "an old client",
    { clients: ["2.0.77"] },
    /2\.0\.77 ignores all of .*StopFailure, PostCompact/,
    /again.*leave these out/,
  ],
  [
    "an old client beside a new one",
    { clients: ["1.0.128", "2.1.329"] },
    /1\.0\.128.*SubagentStart/,
    /again/,
  ],
  ["another port", { port: 8318 }, /goes to .*:8317.* listens on port 8318/, /again/],
  ["nobody who records", { port: undefined }, /Nobody records now: hooks wait for it, what tel/, /serve/],
  [
    "settings that others can read",
    { settings: [{ path, text: CONNECTED, open: true }] },
    /Others .*token/,
    /chmod 600/,
  ],
  [
    "hooks switched off",
    managed({ disableAllHooks: true }),
    /managed-settings\.json switches all hooks off/,
    /disableAllHooks/,
  ],
  [
    "an organisation's hooks only",
    managed({ allowManagedHooksOnly: true }),
    /no hooks but those of your org/,
    /Ask who/,
  ],
  [
    "an organisation's telemetry",
    managed({ env: { OTEL_LOGS_EXPORTER: "otlp" } }),
    /sends telemetry elsewhere/,
    /Nothing/,
  ],
  ["broken settings of the organisation", { managed: [{ path: policy, text: "{" }] }, /^x/, undefined],
  [
    "hooks that do not work",
    { trouble: "the hooks' script is missing" },
    /do not arrive: the hooks' script is missing/,
    /again/,
  ],
  ["a full inbox", { waiting: 10_000 }, /10000 hooks wait, and no more are kept/, /serve/],
])("it tells of %s", (name, differs, what, todo) => {
  const [first, ...others] = findings({ ...FINE, ...differs });
  expect(first).toEqual(LINE);
  if (name.startsWith("broken")) return expect(others).toEqual([]); // not for the user to repair
  expect(others).toHaveLength(1);
  expect(others[0]?.what).toMatch(what);
  expect(others[0]?.todo).toMatch(todo ?? /^$/);
});

test("when all is well it only says what is connected", () => expect(findings(FINE)).toEqual([LINE]));

test("hooks over HTTP make all of the settings void for an old client", () => {
  const found = findings({ ...FINE, settings: [{ path, text: HTTP }], clients: ["2.0.77"] });
  expect(found[1]?.what).toContain("hooks over HTTP");
});

test.each<[string, string | undefined, RegExp[]]>([
  ["no settings", undefined, [/Nothing is connected/]],
  [
    "others' settings",
    '{"hooks":{"Stop":[{"hooks":[{"type":"command","command":"date"}]}]}}',
    [/Nothing is connected/],
  ],
  ["broken settings", "{", [/is of no use to Claude Code\. It is not JSON/, /Nothing is connected/]],
])("%s", (_, text, words) => {
  const found = findings({
    ...FINE,
    settings: [{ path, text }],
    trouble: "missing",
    waiting: 3,
    port: undefined,
  });
  expect(found.map(({ what }) => what)).toEqual(words.map(word => expect.stringMatching(word)));
  expect(found.every(({ todo }) => todo)).toBe(true);
});

test("what waits while nobody records is not lost, and it says so", () => {
  const { text } = plan(undefined, { ...WANTED, telemetry: false });
  const found = findings({ ...FINE, settings: [{ path, text }], waiting: 3, port: undefined });
  expect(found[1]).toEqual({ what: "3 hooks wait to be taken up when VS Code opens." });
});

test("hooks over HTTP wait for nobody, so that what they say is lost while nobody records", () => {
  const found = findings({ ...FINE, port: undefined, settings: [{ path, text: HTTP }] });
  expect(found.at(-1)?.what).toBe("Nobody records now: what hooks and telemetry say meanwhile is lost.");
});
