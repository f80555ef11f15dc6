import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { chmod, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { describe, expect, test, vi } from "vitest";
import { commandOf, installScript, tryScript } from "../../../extension/connect/hook-script.ts";
import { scratch } from "../../scratch.ts";

// Shells take their time where all cores are busy.
vi.setConfig({ testTimeout: 60_000 });

const SCRIPT = "media/hook.sh";

/** The shells of this machine; Claude Code takes /bin/sh, and Git's bash on Windows. */
const SHELLS = [["sh"], ["dash"], ["bash"], ["bash", "--posix"], ["busybox", "sh"]].filter(
  ([name = "", ...args]) => spawnSync(name, [...args, "-c", ":"]).status === 0,
);

const START =
  '{"session_id":"s-1","transcript_path":"/home/sam/t.jsonl","cwd":"/home/sam/shop","hook_event_name":"SessionStart","source":"startup"}';

/** Runs the hook as the client does. */
function hook(dataDir: string, input: string, shell = ["sh"], env = process.env): SpawnSyncReturns<string> {
  const [name = "sh", ...args] = shell;
  return spawnSync(name, [...args, "-c", commandOf(dataDir)], { input, env, encoding: "utf8" });
}

async function connected(name = "data") {
  const folder = await scratch();
  const dataDir = folder.at(name);
  await installScript(dataDir, SCRIPT);
  const notes = async () => {
    const names = (await readdir(`${dataDir}/inbox`)).sort();
    expect(names.filter(name => !/^\d{13}-\d+-hook\.ndjson$/.test(name))).toEqual([]);
    return Promise.all(names.map(name => readFile(`${dataDir}/inbox/${name}`, "utf8")));
  };
  /** What they say, but for the process that ran the hook. */
  const bodies = async () =>
    (await notes()).map(note => {
      const { found, ...body } = JSON.parse(note).body;
      const { process: id, ...more } = found;
      expect(id).toBeGreaterThan(1);
      return Object.keys(more).length > 0 ? { ...body, found: more } : body;
    });
  return { dataDir, notes, bodies, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

const SILENT = { status: 0, stdout: "", stderr: "" };

describe.each(SHELLS)("%s %s", (...shell) => {
  test("a hook leaves a note in the inbox, and nothing else anywhere", async () => {
    await using side = await connected();
    expect(hook(side.dataDir, START, shell)).toMatchObject(SILENT);
    expect(await side.notes()).toEqual([
      `{"kind":"hook","body":{"session_id":"s-1","hook_event_name":"SessionStart","source":"startup","found":{"process":${process.pid}}}}\n`,
    ]);
    expect((await readdir(side.dataDir)).sort()).toEqual(["hook.sh", "inbox"]);
  });

  test.each(["with space", "it's", 'quo"te', "dollar$HOME", "back`tick", "uml äut", "-n", "{brace,s}*"])(
    "in a folder called %s",
    async name => {
      await using side = await connected(name);
      expect(hook(side.dataDir, START, shell)).toMatchObject(SILENT);
      expect(await side.bodies()).toHaveLength(1);
    },
  );
});

const of = (fields: object) => JSON.stringify({ session_id: "s", hook_event_name: "E", ...fields });
const kept = { session_id: "s", hook_event_name: "E" };
const call = { tool_name: "Bash", tool_input: { reason: "word", source: "word", agent_id: "word" } };

test.each<[string, string, object]>([
  [
    "ids and kinds",
    of({ prompt_id: "p", agent_type: "a:b" }),
    { ...kept, prompt_id: "p", agent_type: "a:b" },
  ],
  [
    "numbers and switches",
    of({ duration_ms: 12, is_interrupt: false }),
    { ...kept, duration_ms: 12, is_interrupt: false },
  ],
  ["what stands after effort", `{"effort":{"level":"high"},${of({}).slice(1)}`, kept],
  ["of a prompt that it is a person's", of({ prompt: "word" }), { ...kept, found: { human: true } }],
  ["of what is said in tags nothing", of({ prompt: " \n<task-notification>" }), kept],
  ["no text in place of an id", of({ reason: "two words", agent_id: "/path" }), kept],
  ["nothing of a tool's input", of(call), { ...kept, tool_name: "Bash" }],
  ["nothing of objects in a list", of({ list: [{ reason: "word" }], agent_id: "a" }), kept],
  ["nothing that only looks like a key", of({ text: '","reason":"word","x":"{"reason":"word"}' }), kept],
  ["what stands after a brace in a path", `{"cwd":"/a/{b}/{{c}}",${of({}).slice(1)}`, kept],
  ["what stands after a quote in a path", `{"cwd":"C:\\\\a\\"b\\\\",${of({}).slice(1)}`, kept],
])("of a hook's fields it keeps %s", async (_, input, body) => {
  await using side = await connected();
  hook(side.dataDir, input);
  expect(await side.bodies()).toEqual([body]);
});

test.each([
  ["nothing", ""],
  ["no JSON", "hello"],
  ["JSON cut short", START.slice(0, 60)],
  ["no session", '{"hook_event_name":"Stop"}'],
  ["a list", "[1,2]"],
  ["bytes", "\u0000\u0001\ufffd{"],
])("given %s it writes nothing", async (_, input) => {
  await using side = await connected();
  expect(hook(side.dataDir, input)).toMatchObject(SILENT);
  expect(await side.notes()).toEqual([]);
});

const opening = START.replace(/}$/, ',"prompt":"');
test.each([
  ["letters", "x"],
  ["braces", "{,"],
  ["words in braces", "if (a) { b } "],
  ["line ends", "\\n"],
  ["quotes", '\\"'],
])("ten megabytes of %s are read to their end in no time", async (_, text) => {
  await using side = await connected();
  const input = `${opening}${text.repeat(1e7 / text.length)}"}`;
  const start = performance.now();
  expect(hook(side.dataDir, input)).toMatchObject(SILENT);
  expect(performance.now() - start).toBeLessThan(5000);
  expect(await side.bodies()).toMatchObject([{ session_id: "s-1" }]);
});

test.each<[string, (dataDir: string) => Promise<unknown>]>([
  ["its folder is gone", dataDir => rm(dataDir, { recursive: true })],
  ["the script is gone", dataDir => rm(`${dataDir}/hook.sh`)],
  [
    "the script is broken",
    async dataDir => rm(`${dataDir}/hook.sh`).then(() => symlink("/bin/sh", `${dataDir}/hook.sh`)),
  ],
  ["the script cannot be read", dataDir => chmod(`${dataDir}/hook.sh`, 0)],
  [
    "the inbox is no folder",
    async dataDir =>
      rm(`${dataDir}/inbox`, { recursive: true }).then(() => symlink("/dev/null", `${dataDir}/inbox`)),
  ],
  [
    "the disk is full",
    async dataDir =>
      rm(`${dataDir}/inbox`, { recursive: true }).then(() => symlink("/proc", `${dataDir}/inbox`)),
  ],
])("when %s, Claude Code does not notice", async (_, spoil) => {
  await using side = await connected();
  await spoil(side.dataDir);
  expect(hook(side.dataDir, START)).toMatchObject(SILENT);
});

test("without a home or tools it is silent, too", async () => {
  await using side = await connected();
  const run = (env: NodeJS.ProcessEnv) => hook(side.dataDir, START, ["/bin/sh"], env);
  expect(run({ PATH: "/nowhere" })).toMatchObject(SILENT);
  expect(run({})).toMatchObject(SILENT);
  expect(await side.bodies()).toHaveLength(2); // its tools are where they always are
});

test("the inbox is made again, for its user alone", async () => {
  await using side = await connected();
  await rm(`${side.dataDir}/inbox`, { recursive: true });
  hook(side.dataDir, START);
  expect(await side.bodies()).toHaveLength(1);
  const [name = ""] = await readdir(`${side.dataDir}/inbox`);
  const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
  expect(await mode(`${side.dataDir}/inbox`)).toBe("700");
  expect(await mode(`${side.dataDir}/inbox/${name}`)).toBe("600");
});

test("after the user deleted everything nothing is kept", async () => {
  await using side = await connected();
  await writeFile(`${side.dataDir}/erased`, "");
  hook(side.dataDir, START);
  expect(await side.notes()).toEqual([]);
});

test("of what nobody takes up it keeps ten thousand notes", async () => {
  await using side = await connected();
  spawnSync("sh", ["-c", "seq 9999 | sed 's/^/1000000000000-/; s/$/-hook.ndjson/' | xargs touch"], {
    cwd: `${side.dataDir}/inbox`,
  });
  for (let i = 0; i < 3; i++) hook(side.dataDir, START);
  expect(await readdir(`${side.dataDir}/inbox`)).toHaveLength(10_000);
});

test("hooks at the same time leave a note each", async () => {
  await using side = await connected();
  const many = `for i in 1 2 3 4 5 6 7 8 9; do printf %s '${START}' | sh -c "$HOOK" & done; wait`;
  spawnSync("sh", ["-c", many], { env: { PATH: process.env.PATH, HOOK: commandOf(side.dataDir) } });
  expect(await side.bodies()).toHaveLength(9);
});

test("a trial says whether it works, and leaves nothing behind", async () => {
  await using side = await connected("it's here");
  expect(await tryScript(side.dataDir, "sh")).toBeUndefined();
  expect(await tryScript(side.dataDir, "no-such-shell")).toContain("ENOENT");
  expect(await tryScript(side.dataDir, "false")).toBe("the script wrote nothing");
  expect((await readdir(side.dataDir)).sort()).toEqual(["hook.sh", "inbox"]);
});
