import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Owner } from "../../extension/base/owner.ts";
import { Redactor } from "../../extension/clean/redact.ts";
import { written } from "../../extension/export/format.ts";
import { formatsIn } from "../../extension/export/formats.ts";
import { linesIn } from "../../extension/export/imported.ts";
import { redacted } from "../../extension/export/redacted.ts";
import { save } from "../../extension/export/save.ts";
import { type Trace, Traces, type Words } from "../../extension/export/trace.ts";
import type { ImportedLine } from "../../extension/imports.ts";
import type { SessionRow } from "../../extension/protocol.ts";
import { scratch } from "../scratch.ts";
import { agentTrace, DEMO } from "./agent-trace.ts";
import { CAPTURES } from "./captured.ts";
import { openOwner } from "./open-owner.ts";

// All captures are read, written, and read again.
vi.setConfig({ hookTimeout: 90_000, testTimeout: 90_000 });

let home: Awaited<ReturnType<typeof scratch>>;
/** All captures, and the demo sessions by themselves, where these few say as much. */
let [captured, demo]: ReturnType<typeof openOwner>[] = [];

beforeAll(async () => {
  home = await scratch();
  const captures = readdirSync(CAPTURES).map(name => join(CAPTURES, name));
  captured = openOwner(home.at("captured"), { folders: captures, tier: 3 });
  demo = openOwner(home.at("demo"), { folders: [DEMO], tier: 3 });
  await Promise.all([captured.ready(), demo.ready()]);
});

afterAll(async () => {
  await Promise.all([captured?.close(), demo?.close()]);
  await home?.[Symbol.asyncDispose]();
});

async function* all(owner: Owner, words: Words): AsyncGenerator<Trace> {
  const traces = await Traces.open(owner, words);
  for (const { id } of await owner.sessions()) yield traces.of(id);
}

/** What an empty store has after it took in what another exported. */
async function takenIn(original: Owner | undefined, format: "json" | "ndjson", words: Words, tier: 1 | 3) {
  const other = await scratch();
  if (!original) throw new Error("The recorders did not start.");
  const file = other.at(`all.${format}`);
  await save(written(formatsIn("dist")[format], all(original, words)), file);
  const trace = agentTrace(other.path, other.at("nothing"));
  const args = ["import", file, "--data-dir", other.at("data"), "--privacy-tier", String(tier)];
  const said = await trace.run(...args);
  const again = await trace.run(...args);
  const owner = openOwner(other.path, { tier });
  await owner.ready();
  return Object.assign(owner, {
    ...{ said, again, original },
    [Symbol.asyncDispose]: async () => {
      await owner.close();
      await other[Symbol.asyncDispose]();
    },
  });
}

const redactor = new Redactor();
/** Secrets never leave, and where a transcript lay says nothing elsewhere. */
const clean = <T extends object>(value: T): T => redacted({ ...value, transcript: "" }, redactor);

/** The lines that the client noted of an edit are read in its transcript only. */
const withoutDetails = ({ steps, ...prompt }: Trace["prompts"][0]) => ({
  ...prompt,
  steps: steps.map(({ details, ...step }) => step),
});

test.each([
  ["all captures", "ndjson", () => captured],
  ["the demo", "json", () => demo],
] as const)("%s as %s come back whole: sessions, steps, words, costs", async (_, format, from) => {
  await using owner = await takenIn(from(), format, "all", 3);
  const { original } = owner;
  const [here, there] = [await original.sessions(), await owner.sessions()];
  expect(owner.said).toMatchObject({ code: 0, out: `${here.length} sessions imported.\n` });
  expect(owner.again.out).toBe(`0 sessions imported. ${here.length} sessions were here already.\n`);
  expect(there.map(clean)).toEqual(here.map(clean));
  for (const { id } of here)
    expect(clean(await owner.session(id))).toEqual(clean(await original.session(id)));
  for (const by of ["day", "model", "project", "session", "agent"] as const)
    expect(await owner.usage({ by })).toEqual(await original.usage({ by }));
  const traces = async (from: Owner) => {
    const found: Trace[] = [];
    for await (const trace of all(from, "all")) found.push(trace);
    return found.map(trace => clean({ ...trace, prompts: trace.prompts.map(withoutDetails) }));
  };
  expect(await traces(owner)).toEqual(await traces(original));
});

test("with the first tier numbers alone, and no words are on the disk", async () => {
  await using owner = await takenIn(demo, "ndjson", "all", 1);
  const numbers = ({ title, branch, transcript, ...row }: SessionRow) => row;
  expect((await owner.sessions()).map(numbers)).toEqual((await owner.original.sessions()).map(numbers));
  const bytes = readdirSync(owner.place.dataDir)
    .filter(name => /^store\.db(-wal)?$/.test(name))
    .map(name => readFileSync(join(owner.place.dataDir, name), "latin1"))
    .join("");
  expect(bytes).toContain("imported");
  expect(bytes.match(/Add rate limits|one run out of five|npm test/g)).toBeNull();
});

test("what is numbers only comes back as such", async () => {
  await using owner = await takenIn(demo, "ndjson", "none", 3);
  const numbers = ({ title, branch, transcript, ...row }: SessionRow) => row;
  expect((await owner.sessions()).map(numbers)).toEqual((await owner.original.sessions()).map(numbers));
});

const step = { type: "step", session: "s", prompt: "p", id: "x", kind: "tool", startedAt: 1 };

test.each<[string, string, RegExp]>([
  ["no JSON", "hello", /can't be imported/],
  ["other JSON", '{"a":1}', /lines\[0\]\.type is missing/],
  ["a kind that is not known", JSON.stringify({ ...step, kind: "dream" }), /kind must be one of tool/],
  ["a time that is none", JSON.stringify({ ...step, startedAt: "soon" }), /at must be/],
  [
    "an id that is a novel",
    JSON.stringify({ ...step, id: "x".repeat(501) }),
    /id must have at most 500 letters/,
  ],
  ["sums that are too large", JSON.stringify({ ...step, number: 1e300 }), /number must be/],
  ["a prototype", '{"__proto__":{"type":"step"},"constructor":1}', /type is missing/],
  ["what is too deep", `[${"[".repeat(50_000)}`, /can't be imported/],
])("%s is refused, and leaves nothing", async (_, text, words) => {
  await using folder = await scratch({ "file.ndjson": text });
  await using owner = openOwner(folder.path);
  await owner.ready();
  const taking = async () => {
    for await (const line of linesIn(folder.at("file.ndjson"))) await owner.takeIn([line]);
  };
  await expect(taking()).rejects.toThrow(words);
  expect(await owner.sessions()).toEqual([]);
});

test("a file with nothing in it is told", async () => {
  await using folder = await scratch({ "file.ndjson": "" });
  expect(
    await agentTrace(folder.path, folder.at("none")).run("import", folder.at("file.ndjson")),
  ).toMatchObject({
    ...{ code: 1, err: expect.stringContaining("There are no sessions in that") },
  });
});

test("a session that is here is left as it is, and one that was deleted comes back", async () => {
  await using owner = await takenIn(demo, "ndjson", "all", 3);
  const [first] = await owner.sessions();
  await owner.deleteSessions([first?.id ?? ""]);
  const line: ImportedLine = {
    type: "session",
    session: first?.id ?? "",
    id: first?.id ?? "",
    at: 5,
    title: "Back",
  };
  await owner.takeIn([line]);
  await owner.takeIn([{ type: "prompt", session: line.session, id: "p", at: 5, text: "Hello" }]);
  expect(await owner.session(line.session)).toMatchObject({ title: "Back", prompts: [{ text: "Hello" }] });
});

test("a trace of agent-strace is a session, at the prices of its day, and the same when it comes twice", async () => {
  const events: [string, object, object?][] = [
    ["user_prompt", { prompt: "Add them up" }],
    ["llm_request", { model: "gpt-4o" }],
    ["llm_response", { prompt_tokens: 1_000_000, completion_tokens: 0 }],
    ["llm_response", { model: "gpt-4o-mini" }],
    ["tool_call", { tool_name: "Bash", arguments: { command: "ls" } }],
    ["tool_result", { result: "a.ts" }, { parent_id: "e4", duration_ms: 900 }],
    ["session_end", {}],
  ];
  const lines = events.map(([event_type, data, more], i) =>
    JSON.stringify({ event_type, timestamp: 1_795_000_000 + i, event_id: `e${i}`, data, ...more }),
  );
  await using folder = await scratch({ ".agent-traces/abc/events.ndjson": `${lines.join("\n")}\n` });
  await using owner = openOwner(folder.path, { tier: 3 });
  await owner.ready();
  for (let twice = 0; twice < 2; twice++)
    for await (const line of linesIn(folder.at(".agent-traces/abc/events.ndjson")))
      await owner.takeIn([line]);
  const session = await owner.session("abc");
  expect(session).toMatchObject({ title: "Add them up", status: "done", costUsd: 2.5, prompts: [{}] });
  expect(session.unpricedModels).toEqual(["gpt-4o-mini"]); // which said nothing of tokens
  const [bash] = session.prompts[0]?.steps ?? [];
  expect(bash).toMatchObject({ name: "Bash", target: "ls", status: "ok", durationMs: 900 });
  expect(await owner.content("abc", bash?.id ?? "")).toMatchObject({ result: "a.ts", from: "store" });
});
