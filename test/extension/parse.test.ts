import { appendFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Prices } from "../../extension/clean/prices.ts";
import { Redactor } from "../../extension/clean/redact.ts";
import type { Progress } from "../../extension/db/store.ts";
import { type Piece, parseFile } from "../../extension/parse.ts";
import { answerLine, line, resultLine, smallSession, toolLine, userLine } from "../lines.ts";
import { scratch } from "../scratch.ts";

const context = {
  hash: (path: string) => `#${path}`,
  prices: new Prices(),
  tier: 1 as const,
  redactor: new Redactor(),
};

/** Reads a file as the reader does, again and again; `restarts` says when it was taken for another file. */
function reader(path: string) {
  let known: Progress | undefined;
  const steps: string[] = [];
  const restarts: boolean[] = [];
  let skipped = 0;
  let lines = 0;
  const read = (): Piece[] => {
    const pieces = [...parseFile(path, context, known)];
    for (const piece of pieces) {
      if (piece.restart) steps.splice(0);
      steps.push(...rowsOf(piece, "step"));
      restarts.push(piece.restart);
      known = piece.progress;
      skipped += piece.counted.skipped;
      lines += piece.counted.lines;
    }
    return pieces;
  };
  return { read, steps, restarts, counts: () => ({ lines, skipped }), known: () => known };
}

/** The ids of a table's rows. */
function rowsOf({ rows }: Piece, table: string): string[] {
  const found = rows.tables.find(([name]) => name === table)?.[1] ?? [];
  return found.map(([id]) => String(id));
}

const call = (id: string) => toolLine(id, "Read", {});
const later = new Date("2027-01-01T00:00:00Z");

test("reads only what was appended, and nothing when nothing was", async () => {
  await using folder = await scratch({ "a.jsonl": call("t1") });
  const { read, steps, counts } = reader(folder.at("a.jsonl"));
  read();
  await folder.append("a.jsonl", call("t2"));
  read();
  expect([steps, counts().lines]).toEqual([["t1", "t2"], 2]);
  expect(read()).toEqual([]);
});

test("a line that is being written is read when it is whole, once", async () => {
  const text = call("t1") + call("t2");
  await using folder = await scratch({ "a.jsonl": "" });
  const { read, steps, counts } = reader(folder.at("a.jsonl"));
  for (let at = 0; at < text.length; at += 50) {
    await folder.append("a.jsonl", text.slice(at, at + 50));
    read();
  }
  expect([steps, counts()]).toEqual([["t1", "t2"], { lines: 2, skipped: 0 }]);
});

test("what a line needs of those before is remembered from one reading to the next", async () => {
  await using folder = await scratch({ "a.jsonl": userLine("Commit it.", { uuid: "u1" }) });
  const { read } = reader(folder.at("a.jsonl"));
  read();
  await folder.append("a.jsonl", toolLine("t1", "Bash", { command: "git commit -m Fix" }));
  read();
  await folder.append("a.jsonl", resultLine("t1", false, {}, "[main abc1234] Fix"));
  const [piece] = read();
  const [commit] = piece?.rows.tables.find(([name]) => name === "git_commit")?.[1] ?? [];
  expect(commit).toEqual(expect.arrayContaining(["abc1234", "t1"]));
});

test.each([
  ["shorter", ["t9"]],
  ["longer, with another beginning", ["t7", "t8", "t9", "t10"]],
  ["just as long", ["t3", "t2"]],
  ["empty", []],
])("a file that was written anew, %s, is read from its start, and says so", async (_, ids) => {
  await using folder = await scratch({ "a.jsonl": call("t1") + call("t2") });
  const { read, steps, restarts } = reader(folder.at("a.jsonl"));
  read();
  writeFileSync(folder.at("a.jsonl"), ids.map(call).join(""));
  utimesSync(folder.at("a.jsonl"), later, later);
  read();
  expect([steps, restarts]).toEqual([ids, [false, true]]);
});

test("a file that was only touched is not taken for another", async () => {
  await using folder = await scratch({ "a.jsonl": smallSession() });
  const { read, restarts, counts } = reader(folder.at("a.jsonl"));
  read();
  const { lines } = counts();
  utimesSync(folder.at("a.jsonl"), later, later);
  read();
  expect([restarts, counts().lines]).toEqual([[false, false], lines]);
});

test("Windows' line ends, blank lines and broken ones do no harm to the others", async () => {
  const text = `${call("t1").replace("\n", "\r\n")}\r\n\n{"half a line\n${call("t2")}`;
  await using folder = await scratch({ "a.jsonl": text });
  const { read, steps, counts } = reader(folder.at("a.jsonl"));
  read();
  expect([steps, counts()]).toEqual([["t1", "t2"], { lines: 5, skipped: 1 }]);
});

test("an empty file is read, and has nothing", async () => {
  await using folder = await scratch({ "a.jsonl": "" });
  const { read, steps, known } = reader(folder.at("a.jsonl"));
  expect(read()).toHaveLength(1);
  expect([steps, known()?.cursor]).toEqual([[], 0]);
});

test("a line of 20 MB, with its neighbours", async () => {
  const content = "a line of a very long file\n".repeat(800_000);
  const result = { toolUseResult: { type: "create", filePath: "/a.ts", content } };
  const text = toolLine("t1", "Write", {}) + resultLine("t1", false, result) + call("t2");
  await using folder = await scratch({ "a.jsonl": text });
  const { read, steps } = reader(folder.at("a.jsonl"));
  const [piece] = read();
  const [edit] = piece?.rows.tables.find(([name]) => name === "edit")?.[1] ?? [];
  expect([steps, edit]).toEqual([["t1", "t2"], expect.arrayContaining([800_000])]);
});

test("a long file comes in pieces that follow each other, and reading can go on behind each", async () => {
  const count = 10_000;
  const text = Array.from({ length: count }, (_, i) => call(`t${i}`)).join("");
  await using folder = await scratch({ "a.jsonl": text });
  const path = folder.at("a.jsonl");
  const pieces = [...parseFile(path, context)];
  expect(pieces.length).toBeGreaterThan(2);
  const cursors = pieces.map(({ progress }) => progress.cursor);
  expect(cursors).toEqual(cursors.toSorted((a, b) => a - b));
  expect(cursors.at(-1)).toBe(text.length);
  // As when the recorder ended after it had stored one of them.
  for (const [i, { progress }] of pieces.entries()) {
    const before = pieces.slice(0, i + 1).flatMap(piece => rowsOf(piece, "step"));
    const rest = [...parseFile(path, context, progress)].flatMap(piece => rowsOf(piece, "step"));
    expect(new Set([...before, ...rest]).size).toBe(count);
  }
});

test("when a file is read anew only its first piece says so", async () => {
  const text = (name: string) => Array.from({ length: 6000 }, (_, i) => call(`${name}${i}`)).join("");
  await using folder = await scratch({ "a.jsonl": text("a") });
  const { read, restarts } = reader(folder.at("a.jsonl"));
  read();
  restarts.splice(0);
  writeFileSync(folder.at("a.jsonl"), text("bb"));
  read();
  expect(restarts.filter(Boolean)).toEqual([true]);
  expect(restarts[0]).toBe(true);
});

test("what is not known is counted in the piece where it was met", async () => {
  await using folder = await scratch({ "a.jsonl": line({ type: "dream" }) + line({ type: "dream" }) });
  const [piece] = [...parseFile(folder.at("a.jsonl"), context)];
  expect([...(piece?.counted.unknown ?? [])]).toEqual([["lines of type dream", 2]]);
});

test("what Claude Code writes beside a sub-agent's transcript is the agent", async () => {
  const meta = { agentType: "Explore", toolUseId: "t1", parentAgentId: "a0" };
  await using folder = await scratch({ "p/s1/subagents/agent-a1.meta.json": JSON.stringify(meta) });
  const { read } = reader(folder.at("p/s1/subagents/agent-a1.meta.json"));
  const [piece] = read();
  expect(piece?.rows.tables).toEqual([["agent", [["a1", "s1", "t1", "a0", "Explore", undefined]]]]);
  expect(piece?.counted).toMatchObject({ lines: 1, skipped: 0 });
  expect(read()).toEqual([]);
});

test("one that is written while it is read is read again when it is whole", async () => {
  await using folder = await scratch({ "p/s1/subagents/agent-a1.meta.json": '{"agentType":' });
  const { read, counts } = reader(folder.at("p/s1/subagents/agent-a1.meta.json"));
  read();
  await folder.append("p/s1/subagents/agent-a1.meta.json", '"Explore"}');
  expect(read().flatMap(piece => rowsOf(piece, "agent"))).toEqual(["a1"]);
  expect(counts().skipped).toBe(1);
});

test("a file that is gone is an error with its code, and leaves nothing open", async () => {
  await using folder = await scratch();
  const parse = () => [...parseFile(folder.at("none.jsonl"), context)];
  expect(parse).toThrow(expect.objectContaining({ code: "ENOENT" }));
});

test("the words of a session are not in what is remembered of it", async () => {
  const text =
    userLine("the-secret") + toolLine("t1", "Task", { prompt: "the-secret" }) + answerLine("the-secret");
  await using folder = await scratch({ "a.jsonl": text });
  const { read, known } = reader(folder.at("a.jsonl"));
  read();
  appendFileSync(folder.at("a.jsonl"), userLine("the-secret"));
  read();
  expect(JSON.stringify(known()).replaceAll("#the-secret", "")).not.toContain("the-secret");
  rmSync(folder.at("a.jsonl"));
});
