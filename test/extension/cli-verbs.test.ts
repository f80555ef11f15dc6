import { type ChildProcess, execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { scratch } from "../scratch.ts";
import { agentTrace } from "./agent-trace.ts";

// Processes take their time where all cores are busy.
vi.setConfig({ testTimeout: 30_000 });

const DEMO = resolve("media/demo");
const FLAKY = "9c60";

let home: Awaited<ReturnType<typeof scratch>>;
let server: ChildProcess;
const demo = (env: NodeJS.ProcessEnv = {}) => agentTrace(home.path, DEMO, env);
const json = async (...args: string[]) => JSON.parse((await demo().run(...args, "--json")).out);

// One records, and the others join it: that is quicker, and what people do.
beforeAll(async () => {
  home = await scratch();
  const started = demo().start("serve");
  server = started;
  await once(started.stdout, "data");
});

afterAll(async () => {
  server.kill("SIGTERM");
  await once(server, "exit");
  await home[Symbol.asyncDispose]();
});

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

test("search finds words, and ends with 1 where there are none", async () => {
  const { out } = await demo({ COLUMNS: "80" }).run("search", "empty", "cart", "--limit", "3");
  expect(out).toMatch(/^9c601746 {2}Fix the flaky checkout test\n {2}\w+ .*empty/m);
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
    expect(await demo().run("diff", `${FLAKY}:999`)).toMatchObject({ code: 2 });
  });

  test("a line nobody knows of, a line that is not there, a file that is not there", async () => {
    await using folder = await scratch({ "a.ts": "one\ntwo\n" });
    const { run } = demo();
    expect((await run("blame", folder.at("a.ts:2"))).out).toMatch(
      / {4}2 │ two\nNobody that Agent Trace knows of/,
    );
    expect(await run("blame", folder.at("a.ts:3"))).toMatchObject({
      code: 2,
      err: expect.stringContaining("only 2 lines"),
    });
    expect(await run("blame", folder.at("b.ts"))).toMatchObject({
      code: 1,
      err: expect.stringContaining("can't be read"),
    });
  });
});

describe("export", () => {
  test.each(["json", "ndjson", "csv", "md", "html", "otlp"])(
    "as %s, to a file and to a pipe, is the same",
    async format => {
      await using folder = await scratch();
      const piped = await demo().run("export", FLAKY, "--format", format);
      const saved = await demo().run("export", FLAKY, "--format", format, "--out", folder.at("file"));
      expect([piped.code, saved.code]).toEqual([0, 0]);
      expect(saved.out).toMatch(/^1 session in .*file \(\d+ kB\)\.\n$/);
      expect(await readFile(folder.at("file"), "utf8")).toBe(piped.out);
      expect(piped.out.includes("one run out of five")).toBe(format !== "otlp");
    },
  );

  test("several, by what they have in common, in the format that the file's name says", async () => {
    await using folder = await scratch();
    const project = "/home/sam/dev/checkout-api";
    await demo().run("export", "--project", project, "--out", folder.at("all.ndjson"));
    const lines = (await readFile(folder.at("all.ndjson"), "utf8")).trimEnd().split("\n");
    const sessions = lines.map(line => JSON.parse(line)).filter(({ type }) => type === "session");
    expect(sessions.map(session => session.project)).toEqual([project, project, project]);
  });

  test("spans go to a collector, which may be our own, and wants its key", async () => {
    const { port, dataDir } = await json("status");
    const to = ["export", FLAKY, "--endpoint", `http://127.0.0.1:${port}`];
    const token = (await readFile(`${dataDir}/token`, "utf8")).trim();
    expect(await demo().run(...to, "--header", `authorization=Bearer ${token}`)).toEqual({
      ...{ code: 0, err: "" },
      out: expect.stringMatching(/^1 session sent to http:.*, as \d+ spans\.\n$/),
    });
    expect(await demo().run(...to)).toMatchObject({
      ...{ code: 1, err: expect.stringContaining("Give it the key it wants with --header") },
    });
  });

  test.each([
    [["--format", "xml"], /--format wants json, ndjson, csv, md, html or otlp, not xml/],
    [["--words", "some"], /--words wants none, prompts or all/],
    [["--endpoint", "nowhere"], /--endpoint wants an address/],
    [["--endpoint", "http://127.0.0.1:9", "--header", "key"], /--header wants NAME=VALUE/],
    [["--endpoint", "http://127.0.0.1:9", "--format", "csv"], /takes spans only/],
  ])("%j makes no sense", async (args, words) => {
    expect(await demo().run("export", ...args)).toMatchObject({
      ...{ code: 2, err: expect.stringMatching(words) },
    });
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
    /^Data lies in .*\nSomebody records, .*\nThe store could be opened and is sound: .*\nTranscripts are read in .*media\/demo\.\n13 transcripts read\./,
  );
});

test("who reads only the beginning is no error", async () => {
  const child = demo().start("inspect", FLAKY, "--json");
  child.stdout.once("data", () => child.stdout.destroy());
  const [err, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
  expect([code, err]).toEqual([0, ""]);
});

test.each([
  ["bash", ["-n"]],
  ["zsh", ["-n"]],
  ["fish", ["-n"]],
])("the completion of %s is understood by it, where it is there", async (shell, args) => {
  const { out, code } = await demo().run("completion", shell);
  expect([code, out]).toEqual([0, expect.stringContaining("replay")]);
  const { status, error } = spawnSync(shell, args, { input: out });
  if (!error) expect(status).toBe(0);
});

test("bash completes commands, options and their values", async () => {
  const { out } = await demo().run("completion", "bash");
  const complete = (...words: string[]) => {
    const last = words.at(-1) ?? "";
    const script = `${out}\nCOMP_WORDS=(agent-trace ${words.map(word => `'${word}'`).join(" ")})
COMP_CWORD=${words.length}; _agent_trace agent-trace '${last}' '${words.at(-2) ?? "agent-trace"}'; echo "\${COMPREPLY[*]}"`;
    return execFileSync("bash", ["-c", script], { encoding: "utf8" }).trim();
  };
  expect(complete("re")).toBe("replay");
  expect(complete("replay", "--f")).toBe("--filter --follow");
  expect(complete("cost", "--by", "mo")).toBe("model");
});

// `script`, which makes a terminal, takes other options elsewhere.
test.runIf(process.platform === "linux")(
  "on a terminal it colours, unless asked not to, and long answers go through the pager",
  async () => {
    const command = `'${process.execPath}' dist/cli.js replay ${FLAKY} --claude-dir '${DEMO}'`;
    const onTerminal = (pager: string, more: NodeJS.ProcessEnv = {}) =>
      spawnSync("script", ["-qec", `stty cols 80 rows 20; ${command}`, "/dev/null"], {
        env: { PATH: process.env.PATH, HOME: home.path, TZ: "UTC", TERM: "xterm", PAGER: pager, ...more },
        encoding: "utf8",
      }).stdout;
    const colored = onTerminal("cat");
    expect(colored).toContain("\x1b[34mRead");
    expect(onTerminal("cat", { NO_COLOR: "1" })).not.toContain("\x1b[");
    expect(onTerminal("head -n 1")).toMatch(/^\S*Fix the flaky checkout test\S*\r\n$/);
    expect(onTerminal("no-such-pager")).toContain("Fix the flaky checkout test");
  },
);
