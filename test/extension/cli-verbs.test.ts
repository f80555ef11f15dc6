import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { resultLine, toolLine, userLine } from "../lines.ts";
import { scratch } from "../scratch.ts";
import { agentTrace, openDemo } from "./agent-trace.ts";
import { repository } from "./queries/repository.ts";

// Processes take their time where all cores are busy.
vi.setConfig({ testTimeout: 30_000 });

const FLAKY = "9c60";

let it: Awaited<ReturnType<typeof openDemo>>;
const demo = (env?: NodeJS.ProcessEnv) => it.demo(env);
const json = (...args: string[]) => it.json(...args);

beforeAll(async () => {
  it = await openDemo();
});

afterAll(() => it?.[Symbol.asyncDispose]());

test.each(["80", "120"])("replay, stats, cost and inspect in %s columns", async columns => {
  const { run } = demo({ COLUMNS: columns });
  const said = await Promise.all([
    run("replay", FLAKY),
    run("stats", FLAKY),
    run("cost", "--by", "session"),
    run("inspect", FLAKY),
  ]);
  const all = said.map(({ out }) => out).join("\n=====\n");
  expect(said.map(({ code, err }) => [code, err])).toEqual(Array(4).fill([0, ""]));
  expect(Math.max(...all.split("\n").map(line => line.length))).toBeLessThanOrEqual(Number(columns));
  await expect(all).toMatchFileSnapshot(`terminal/snapshots/${columns}-columns.txt`);
});

test("list says whole words beside the titles, as many as there is room for", async () => {
  const { out } = await demo({ COLUMNS: "80" }).run("list");
  const flaky = out.split("\n").find(line => line.includes("Fix the flaky"));
  expect(flaky).toMatch(/ {2}Fix the flaky checkout test {2}\(checkout-api\)$/);
  expect((await demo({ COLUMNS: "120" }).run("list")).out).toMatch(
    /Fix the flaky checkout test {2}\(checkout-api, 4 prompts, 21 tool calls, \+43 −8\)$/m,
  );
});

describe("replay", () => {
  test("filtered, each is of the kind", async () => {
    const errors = await json("replay", FLAKY, "--filter", "error");
    expect(errors.map(({ number, status }: { number: number; status: string }) => [number, status])).toEqual([
      [5, "failed"],
      [10, "failed"],
    ]);
    const kinds = await json("replay", FLAKY, "--filter", "prompt,bash");
    expect(new Set(kinds.map(({ kind, name }: { kind: string; name?: string }) => name ?? kind))).toEqual(
      new Set(["prompt", "Bash"]),
    );
  });

  test("of a kind that is not there it says so, and names the tools that are", async () => {
    expect(await demo().run("replay", FLAKY, "--filter", "WebFetch")).toMatchObject({
      code: 1,
      err: expect.stringMatching(/Nothing in this session is WebFetch. Its tools: Read, Bash, Edit, Agent\./),
    });
  });

  test("live, each line comes by itself, in the same order", async () => {
    const whole = await json("replay", FLAKY);
    const { out } = await demo().run("replay", FLAKY, "--live", "--speed", "100000", "--json");
    expect(
      out
        .trimEnd()
        .split("\n")
        .map(line => JSON.parse(line)),
    ).toEqual(whole);
  });

  test("following a session that is over ends with it", async () => {
    const { code, out } = await demo().run("replay", FLAKY, "--follow", "--json");
    expect([code, out.trimEnd().split("\n").length]).toEqual([0, (await json("replay", FLAKY)).length]);
  });
});

test("following a session that is at work tells of each step once it is over", async () => {
  const now = () => ({ timestamp: new Date().toISOString() });
  const live = "claude/projects/p/a.jsonl";
  await using folder = await scratch({ [live]: userLine("Count them", now()) });
  const child = agentTrace(folder.path, folder.at("claude")).start("replay", "--follow", "--json");
  let out = "";
  child.stdout.on("data", chunk => {
    out += chunk;
  });
  const told = () =>
    out
      .split("\n")
      .slice(0, -1)
      .map(line => JSON.parse(line));
  await vi.waitFor(() => expect(told()).toMatchObject([{ kind: "prompt", text: "Count them" }]), 20_000);
  await folder.append(live, toolLine("toolu_1", "Bash", { command: "wc -l" }, now()));
  await folder.append(live, toolLine("toolu_2", "Read", { file_path: "/a" }, now()));
  await folder.append(live, resultLine("toolu_2", false, now()));
  await vi.waitFor(() => expect(told().slice(1)).toMatchObject([{ name: "Read", status: "ok" }]), 20_000);
  await folder.append(live, resultLine("toolu_1", true, now()));
  await vi.waitFor(() => expect(told().slice(2)).toMatchObject([{ name: "Bash", status: "failed" }]), 20_000);
  child.kill("SIGTERM");
  await once(child, "exit");
});

test.each([
  ["9c61", /There is no session 9c61\. Did you mean:\n {2}9c601746-d38d {2}Fix the flaky checkout test\n/],
  ["zzzzzz", /There is no session zzzzzz\. agent-trace list has them all/],
])("%s is no session", async (id, words) => {
  for (const verb of ["replay", "stats", "diff", "export", "inspect"])
    expect(await demo().run(verb, id)).toMatchObject({ code: 1, err: expect.stringMatching(words) });
});

test("without an id it is the session last at work", async () => {
  const [last] = await json("list", "--limit", "1");
  expect((await json("stats")).session).toBe(last.id);
});

test("stats count what the session says", async () => {
  const { tools, models } = await json("stats", FLAKY);
  const session = await json("inspect", FLAKY);
  const sum = (rows: { [name: string]: number }[], of: string) =>
    rows.reduce((all, row) => all + (row[of] ?? 0), 0);
  expect([sum(tools, "calls"), sum(tools, "failed")]).toEqual([session.toolCalls, session.errors]);
  expect(sum(models, "costUsd")).toBeCloseTo(session.costUsd, 9);
});

test.each(["day", "model", "project", "session", "agent"])("cost by %s comes to the same", async by => {
  const all = (await json("list")).reduce((sum: number, row: { costUsd: number }) => sum + row.costUsd, 0);
  const rows = await json("cost", "--by", by);
  expect(rows.reduce((sum: number, row: { costUsd: number }) => sum + row.costUsd, 0)).toBeCloseTo(all, 9);
});

test("cost by model has no columns for what is of no model", async () => {
  const { out } = await demo().run("cost", "--by", "model");
  expect(out.split("\n")[0]?.split(/ {2,}/)).toEqual(["model", "requests", "tokens in", "out", "cost"]);
});

test("where none is so, it says which option leaves out how many", async () => {
  const count = (await json("list")).length;
  const nowhere = ["--since", "7d", "--project", "/nowhere"];
  const words = `No session matches. There are ${count} sessions without --since and --project.`;
  expect(await demo().run("list", ...nowhere)).toMatchObject({ code: 0, out: `${words}\n` });
  expect(await demo().run("export", ...nowhere)).toMatchObject({ code: 1, err: `agent-trace: ${words}\n` });
  expect((await demo().run("cost", "--since", "2100-01-01")).out).toBe(
    "Nothing was spent since 2100-01-01. Leave out --since to see all.\n",
  );
});

test("where nothing was spent yet, it is not said that there are no sessions", async () => {
  await using folder = await scratch({ ".claude/projects/-shop/1.jsonl": userLine("Go on.") });
  const { run } = agentTrace(folder.path, folder.at(".claude"));
  const { out } = await run("cost", "--by", "model", "--data-dir", folder.at("data"));
  expect(out).toBe("No session has asked a model for anything yet.\n");
});

test("alerts without any rule say where to give one", async () => {
  expect((await demo().run("alerts")).out).toMatch(
    /^There are no rules to tell by\. agent-trace alerts --help says/,
  );
});

test("search finds words, and ends with 1 where there are none", async () => {
  const { out } = await demo({ COLUMNS: "80" }).run("search", "empty", "cart", "--limit", "3");
  expect(out).toMatch(/^9c601746 {2}Fix the flaky checkout test\n {2}\w+ .*empty/m);
  expect(await demo().run("search", "cart", "--limit", "2000")).toMatchObject({ code: 0 });
  expect(await demo().run("search", "no-such-word-anywhere")).toMatchObject({ code: 1, out: "" });
  expect(await demo().run("search", "no-such-word-anywhere", "--json")).toMatchObject({
    code: 1,
    out: "[]\n",
  });
});

describe("diff and blame", () => {
  test("a diff of a step can be taken back by patch", async () => {
    await using folder = await scratch();
    const step = await json("replay", FLAKY, "--filter", "edit");
    const number = step.find(({ target }: { target: string }) => target.endsWith("checkout.ts")).number;
    const [file] = (await json("diff", `${FLAKY}:${number}`)).files;
    const copy = folder.at(file.path);
    await mkdir(dirname(copy), { recursive: true });
    await writeFile(copy, file.after);
    const { out } = await demo().run("diff", `${FLAKY}:${number}`);
    execFileSync("patch", ["-R", "-p1", "-d", folder.path], { input: out });
    expect(await readFile(copy, "utf8")).toBe(file.before);
  });

  test("a prompt's diff has its files, and no other's", async () => {
    expect((await demo().run("diff", `${FLAKY}:p4`)).out).toMatch(/^# .*CHANGELOG.md {2}changed, \+6\n--- /);
    expect((await demo().run("diff", `${FLAKY}:p1`)).err).toContain("No file was changed there.");
    expect(await demo().run("diff", `${FLAKY}:999`)).toMatchObject({ code: 1 });
  });

  test("a line of another agent, as it was noted down", async () => {
    await using repo = await repository();
    const revision = await repo.commit({ "a.ts": "const one = first();\n" });
    const contributor = { type: "ai", model_id: "openai/gpt-5" };
    const ranges = [{ start_line: 1, end_line: 2 }];
    const conversations = [{ url: "https://cursor.example/c/1", contributor, ranges }];
    const vcs = { type: "git", revision };
    const record = {
      version: "0.1.0",
      vcs,
      tool: { name: "cursor" },
      files: [{ path: "a.ts", conversations }],
    };
    await repo.write(".agent-trace/a.json", JSON.stringify(record));
    const { out } = await demo().run("blame", join(repo.path, "a.ts:1"));
    expect(out).toMatch(/Cursor · gpt-5 .+ 1 │ const one[\s\S]+https:\/\/cursor\.example\/c\/1/);
    const { step, other } = await json("blame", join(repo.path, "a.ts:1"));
    expect([step, other]).toMatchObject([null, { by: { name: "Cursor" }, sure: true }]);
  });

  test("a line nobody knows of, a line that is not there, a file that is not there", async () => {
    await using folder = await scratch({ "a.ts": "one\ntwo\n" });
    const { run } = demo();
    expect((await run("blame", folder.at("a.ts:2"))).out).toMatch(
      / {4}2 │ two\nNobody that Agent Trace knows of/,
    );
    expect(await run("blame", folder.at("a.ts:3"))).toMatchObject({
      code: 1,
      err: expect.stringContaining("only 2 lines"),
    });
    expect(await run("blame", folder.at("b.ts"))).toMatchObject({
      code: 1,
      err: `agent-trace: ${folder.at("b.ts")} can't be read: it is not there.\n`,
    });
  });
});

test("doctor says what is off, and ends with 1", async () => {
  await using folder = await scratch({ file: "", "data/store.db": "" });
  const newer = Buffer.alloc(4096);
  newer.write("SQLite format 3\0", "latin1");
  newer.writeUInt32BE(1000, 60);
  await writeFile(folder.at("data/store.db"), newer);
  const ended = await demo().run("doctor", "--data-dir", folder.at("data"));
  expect(ended).toMatchObject({ code: 1, err: "agent-trace: 1 thing is off.\n" });
  expect(ended.out).toMatch(/^✗ .*store/m);
  expect(ended.out).not.toContain("opened and checked");
  expect(await demo().run("doctor", "--data-dir", folder.at("file"))).toMatchObject({
    ...{ code: 1, err: expect.stringMatching(/file can't be used: .* name another with --data-dir\./) },
  });
});

test("doctor tells versions, folders and the store", async () => {
  const { versions, checks } = await json("doctor");
  expect(versions).toEqual({
    agentTrace: JSON.parse(await readFile("package.json", "utf8")).version,
    node: process.versions.node,
    claudeCode: ["2.1.329"],
  });
  expect(checks.every(({ ok }: { ok: boolean }) => ok)).toBe(true);
  expect(checks.map(({ what }: { what: string }) => what).join("\n")).toMatch(
    /^Data lies in .*\nSomebody records, .*\nThe store was opened and checked: .*\nTranscripts are read in .*media\/demo\.\n13 transcripts read\./,
  );
});
