import { afterEach, expect, test, vi } from "vitest";
import type { Progress } from "../../extension/db/store.ts";
import type { Piece } from "../../extension/parse.ts";
import type { FromParser, ToParse } from "../../extension/parser-pool.ts";
import { Reader } from "../../extension/reader.ts";
import { toolLine } from "../lines.ts";
import { scratch } from "../scratch.ts";

/** In place of the worker threads: what they are given, and a way to speak for them. */
const workers = vi.hoisted(() => ({
  jobs: [] as ToParse[][],
  say: (_message: FromParser) => {},
  closed: 0,
}));
vi.mock("../../extension/parser-pool.ts", () => ({
  ParserPool: class {
    constructor(_data: unknown, took: (message: FromParser) => void) {
      workers.say = took;
    }
    get free() {
      return workers.jobs.length < 2;
    }
    parse(files: ToParse[]) {
      workers.jobs.push(files);
    }
    async close() {
      workers.closed++;
    }
  },
}));

afterEach(() => {
  workers.jobs.splice(0);
});

const call = (id: string) => toolLine(id, "Read", {});

/** A reader whose output remembers everything. */
function recording(fail: (path: string) => boolean = () => false) {
  const known = new Map<string, Progress>();
  const taken: string[] = [];
  const done: string[] = [];
  const failed: string[] = [];
  const reader = new Reader(
    { key: "key", prices: {}, tier: 1, redact: [], timeZone: "" },
    {
      known: path => known.get(path),
      take: pieces => {
        for (const { path, rows, progress } of pieces) {
          if (fail(path)) throw new Error("the disk is full");
          taken.push(
            ...(rows.tables.find(([table]) => table === "step")?.[1] ?? []).map(([id]) => String(id)),
          );
          known.set(path, progress);
        }
      },
      done: (path, error) => {
        done.push(path);
        if (error) failed.push(`${path}: ${error}`);
      },
    },
  );
  const read = async (path: string) => {
    const before = done.length;
    reader.read(path);
    await expect.poll(() => done.length).toBeGreaterThan(before);
  };
  return { reader, read, taken, done, failed };
}

test("reads only what was appended", async () => {
  await using folder = await scratch({ "a.jsonl": call("t1") });
  const { read, taken } = recording();
  await read(folder.at("a.jsonl"));
  await folder.append("a.jsonl", call("t2"));
  await read(folder.at("a.jsonl"));
  expect(taken).toEqual(["t1", "t2"]);
});

test("a file that can't be read is told, one that is gone is not, and the next one is read", async () => {
  await using folder = await scratch({ "folder.jsonl/x": "", "b.jsonl": call("t1") });
  const { reader, read, taken, done, failed } = recording();
  reader.read(folder.at("folder.jsonl"));
  reader.read(folder.at("gone.jsonl"));
  await read(folder.at("b.jsonl"));
  await expect.poll(() => done).toHaveLength(3);
  await reader.close();
  expect(failed).toEqual([expect.stringContaining("folder.jsonl: Error: EISDIR")]);
  expect(taken).toEqual(["t1"]);
});

test("what can't be stored is told, and read again when it is asked for", async () => {
  await using folder = await scratch({ "a.jsonl": call("t1") });
  let full = true;
  const { read, taken, failed } = recording(() => full);
  await read(folder.at("a.jsonl"));
  expect([taken, failed]).toEqual([[], [expect.stringContaining("the disk is full")]]);
  full = false;
  await read(folder.at("a.jsonl"));
  expect(taken).toEqual(["t1"]);
});

test("nothing is read once it is closed", async () => {
  await using folder = await scratch({ "a.jsonl": call("t1") });
  const { reader, taken } = recording();
  await reader.close();
  reader.read(folder.at("a.jsonl"));
  await reader.close();
  expect(taken).toEqual([]);
});

const many = Array.from({ length: 40 }, (_, i) => `/t/${i}.jsonl`);
const piece = (path: string, id = "t"): FromParser => ({
  ...{ kind: "piece", path, size: 1 },
  json: JSON.stringify({
    ...{ path, restart: false, counted: { lines: 1, skipped: 0, unknown: [] } },
    rows: { tables: [["step", [[id]]]], contents: [], sessions: [], size: 1 },
    progress: { cursor: 1, size: 1, modified: 1, head: "", memory: "{}" },
  } satisfies Piece),
});

/** The workers end the job that they were given first. */
function finish(broken: Record<string, { error: string; code?: string }> = {}): void {
  for (const { path } of workers.jobs.shift() ?? []) {
    if (!broken[path]) workers.say(piece(path, path));
    workers.say({ kind: "done", path, ...broken[path] });
  }
  workers.say({ kind: "free" });
}

async function finishAll(done: string[], count: number): Promise<void> {
  await expect
    .poll(() => {
      if (workers.jobs.length > 0) finish();
      return done.length;
    })
    .toBe(count);
}

test("few files are read here, a crowd of them or of bytes by workers, in the order in which they were asked for", async () => {
  await using folder = await scratch({ "a.jsonl": call("t1") });
  const few = recording();
  await few.read(folder.at("a.jsonl"));
  expect(workers.jobs).toEqual([]);
  few.reader.read("/t/large.jsonl", 100 * 1024 * 1024);
  await expect.poll(() => workers.jobs.flat().map(({ path }) => path)).toEqual(["/t/large.jsonl"]);
  await few.reader.close();

  workers.jobs.splice(0);
  const crowd = recording();
  for (const path of many) crowd.reader.read(path, 200_000);
  await finishAll(crowd.done, many.length);
  expect([crowd.taken, crowd.done]).toEqual([many, many]);
  await crowd.reader.close();
});

test("one of a crowd that can't be read is told, one that is gone is not", async () => {
  const { reader, done, failed } = recording();
  for (const path of many) reader.read(path);
  await expect.poll(() => workers.jobs.length).toBeGreaterThan(0);
  finish({
    "/t/1.jsonl": { error: "no rights", code: "EACCES" },
    "/t/2.jsonl": { error: "gone", code: "ENOENT" },
  });
  await finishAll(done, many.length);
  expect(failed).toEqual(["/t/1.jsonl: Error: no rights"]);
  await reader.close();
});

test("of a file whose piece could not be stored the pieces that follow are not stored either", async () => {
  let full = true;
  const { reader, taken, done, failed } = recording(() => full);
  for (const path of many.slice(0, 20)) reader.read(path, 300_000);
  await expect.poll(() => workers.jobs.length).toBe(2);
  const [first = ""] = (workers.jobs.shift() ?? []).map(({ path }) => path);
  workers.say(piece(first, "one"));
  workers.say({ kind: "free" });
  await expect.poll(() => taken.length + failed.length).toBe(0);
  await new Promise(resolve => setTimeout(resolve, 300)); // so long pieces may be kept to be stored together
  workers.say({ kind: "free" });
  full = false;
  workers.say(piece(first, "two"));
  workers.say({ kind: "done", path: first });
  await finishAll(done, 20);
  expect(taken).not.toContain("two");
  expect(failed).toEqual([expect.stringContaining(`${first}: Error: the disk is full`)]);
  await reader.close();
});

test("a file that grows while a worker reads it is read again, though it is the only one left", async () => {
  const { reader, done } = recording();
  for (const path of many.slice(0, 20)) reader.read(path);
  await expect.poll(() => workers.jobs.length).toBe(1);
  // All is stored together while more waits, and what waits is what is being read.
  workers.say({ kind: "free" });
  reader.read("/t/0.jsonl");
  finish();
  await finishAll(done, 21);
  expect(done.filter(path => path === "/t/0.jsonl")).toHaveLength(2);
  await reader.close();
});

test("closing ends the workers, and what they say later is not heard", async () => {
  const { reader, taken } = recording();
  for (const path of many) reader.read(path);
  await expect.poll(() => workers.jobs.length).toBeGreaterThan(0);
  const before = workers.closed;
  await reader.close();
  finish();
  expect([workers.closed, taken]).toEqual([before + 1, []]);
});
