import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import type { BillFilter, FindingRule } from "../../../../extension/bill.ts";
import { assistantLine, line, resultLine, SESSION, userLine } from "../../../lines.ts";
import { captured, MAIN, recorded } from "../recorded.ts";

interface Used {
  input?: number;
  read?: number;
  write?: number;
}

let calls = 0;

/** A request that made one call, and how that ended. */
function call(name: string, input: object, { failed = false, said = "…", use = {} as Used, more = {} } = {}) {
  const id = `toolu_${++calls}`;
  const usage = {
    ...{ input_tokens: use.input ?? 10, output_tokens: 100 },
    ...{ cache_read_input_tokens: use.read ?? 20_000, cache_creation_input_tokens: use.write ?? 500 },
  };
  const content = [{ type: "tool_use", id, name, input }];
  const message = { id: `msg_${id}`, model: "claude-opus-5-5", usage, content };
  return assistantLine(message, { requestId: `req_${id}`, ...more }) + resultLine(id, failed, more, said);
}

const times = (n: number, make: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => make(i)).join("");
const read = (file: string, said = "x".repeat(8000)) =>
  call("Read", { file_path: `/shop/${file}` }, { said });
const fails = (command: string) => call("Bash", { command }, { failed: true });
const edit = () => call("Write", { file_path: "/shop/a.ts", content: "a\n" });
const ago = (minutes: number) =>
  new Date(Date.parse("2026-11-20T12:00:00Z") + minutes * 60_000).toISOString();
const at = (minute: number) => ({ timestamp: ago(minute) });
const retry = (i: number) =>
  line({ type: "system", subtype: "api_error", retryInMs: 2000, retryAttempt: i + 1, maxRetries: 10 });

test.each<[string, string, [FindingRule, subject: string, times: number][]]>([
  ["a file that is read six times", times(6, () => read("schema.sql")), [["reread", "schema.sql", 6]]],
  ["one that is read four times", times(4, () => read("schema.sql")), []],
  ["short ones", times(9, () => read("schema.sql", "x")), []],
  ["different ones", times(9, i => read(`${i}.sql`)), []],
  ["one that is edited each time", times(9, () => read("schema.sql") + edit()), []],
  ["a command that fails three times", times(3, () => fails("npm test")), [["loop", "npm test", 3]]],
  ["one that fails twice", times(2, () => fails("npm test")), []],
  ["one that fails while things are changed", times(5, () => fails("npm test") + edit()), []],
  [
    "one that fails while others do well",
    times(3, () => fails("npm test") + read("a.ts")),
    [["loop", "npm test", 3]],
  ],
  ["two in turn", times(3, () => fails("npm test") + fails("npm run lint")), []],
  [
    "an output of 48 k tokens",
    call("Bash", { command: "npm ci" }, { said: "y".repeat(192_000) }) + read("a.ts") + read("b.ts"),
    [["huge", "npm ci", 1]],
  ],
  ["an output of 5 k tokens", call("Bash", { command: "npm ci" }, { said: "y".repeat(20_000) }), []],
  [
    "pauses",
    times(5, i =>
      call(
        "Bash",
        { command: `ls ${i}` },
        { use: { read: i % 2 ? 0 : 20_000, write: 30_000 }, more: at(i * 10) },
      ),
    ),
    [["expired", "", 4]],
  ],
  [
    "a changing prefix",
    times(5, i => call("Bash", { command: `ls ${i}` }, { use: { read: 5000, write: 30_000 }, more: at(i) })),
    [["prefix", "", 4]],
  ],
  [
    "a long tail",
    times(25, i => call("Bash", { command: `ls ${i}` }, { use: { read: 160_000 + i * 500 } })),
    [["full", "", 25]],
  ],
  [
    "a short one",
    times(10, i => call("Bash", { command: `ls ${i}` }, { use: { read: 160_000 + i * 500 } })),
    [],
  ],
  ["an overloaded service", times(6, retry) + read("a.ts"), [["overload", "", 6]]],
  ["one that stumbled", times(2, retry) + read("a.ts"), []],
])("%s", async (_, text, found) => {
  await using store = await recorded({ [MAIN]: userLine("Go on.") + text });
  const findings = await store.findings({}, 0);
  expect(findings.map(({ rule, subject, times }) => [rule, subject, times])).toEqual(found);
  for (const { rule, savedUsd, session, trend } of findings) {
    expect(savedUsd > 0).toBe(rule !== "overload");
    expect([session.id, trend]).toEqual([SESSION, "same"]);
  }
});

test.each([
  ["new", 20, "2026-11-20", "2026-11-20"],
  ["solved", 20, "2026-11-21", "2026-11-21"],
])("a finding is %s beside the day before", async (trend, day, from, to) => {
  const more = { timestamp: new Date(2026, 10, day, 12).toISOString() };
  const text = times(6, () => call("Read", { file_path: "/a.sql" }, { said: "x".repeat(8000), more }));
  await using store = await recorded({ [MAIN]: userLine("Go on.", more) + text });
  const findings = await store.findings({ from, to }, 0);
  expect(findings.map(finding => finding.trend)).toEqual([trend]);
});

const mixed =
  times(6, () => read("schema.sql")) +
  times(3, () => fails("npm test")) +
  call("mcp__github__search", {}, { said: "y".repeat(192_000) }) +
  times(5, i => call("Bash", { command: `ls ${i}` }, { use: { read: 5000, write: 30_000 }, more: at(i) }));

test.each<[string, BillFilter, FindingRule[]]>([
  ["all of them", {}, ["huge", "loop", "prefix", "reread"]],
  ["a tool", { tool: "Bash" }, ["loop", "prefix"]],
  ["another", { tool: "Read" }, ["reread"]],
  ["an MCP server", { server: "github" }, ["huge"]],
  ["what is no server's", { server: "" }, ["loop", "prefix", "reread"]],
  ["no skill", { skill: "" }, ["huge", "loop", "prefix", "reread"]],
  ["a skill", { skill: "review" }, []],
  ["a model", { model: "claude-opus-5-5" }, ["huge", "loop", "prefix", "reread"]],
  ["another model", { model: "claude-haiku-4-5" }, []],
  ["the main thread", { agent: "" }, ["huge", "loop", "prefix", "reread"]],
  ["a sub-agent", { agent: "Explore" }, []],
  ["no branch", { branch: "" }, ["huge", "loop", "prefix", "reread"]],
  ["a branch", { branch: "streams" }, []],
])("asked about %s only findings of that are told", async (_, wanted, rules) => {
  await using store = await recorded({ [MAIN]: userLine("Go on.") + mixed });
  const found = await store.findings(wanted, 0);
  expect(found.map(({ rule }) => rule).sort()).toEqual(rules);
  expect(found.every(({ savedUsd }) => savedUsd > 0)).toBe(true);
});

test("on real sessions only what was made to be found is found", async () => {
  const names = readdirSync("test/fixtures/captures");
  const found = await Promise.all(
    names.map(async name => {
      await using store = await recorded(await captured(name));
      const findings = await store.findings({}, 0);
      return findings.map(({ rule, subject }) => `${name}: ${rule} ${subject}`);
    }),
  );
  // One reads a file of 12,000 tokens, one has opus look something up; that is what they were recorded for.
  expect(found.flat()).toEqual(["large-output: huge data.csv", "multi-model: agents general-purpose"]);
});

test("nobody is bothered about cents", async () => {
  await using store = await recorded({ [MAIN]: userLine("Go on.") + times(3, () => fails("npm test")) });
  expect(await store.findings({})).toEqual([]);
});
