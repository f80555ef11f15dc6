import { EventEmitter } from "node:events";
import { beforeEach, expect, test, vi } from "vitest";
import type { FromParser, ToParse } from "../../extension/parser-pool.ts";

/** In place of worker threads: what each was given, and a way to speak for it. */
class FakeWorker extends EventEmitter {
  readonly given: ToParse[][] = [];
  ended = false;

  constructor() {
    super();
    workers.push(this);
  }

  postMessage(files: ToParse[]): void {
    this.given.push(files);
  }

  async terminate(): Promise<void> {
    this.ended = true;
  }

  /** Reads the first of its jobs. */
  work(): void {
    for (const { path } of this.given.shift() ?? []) this.emit("message", { kind: "done", path });
    this.emit("message", { kind: "free" });
  }
}

const workers: FakeWorker[] = [];
vi.doMock("node:worker_threads", () => ({ Worker: FakeWorker }));
vi.doMock("node:os", async real => ({ ...(await real<object>()), availableParallelism: () => 2 }));

const { ParserPool } = await import("../../extension/parser-pool.ts");

beforeEach(() => void workers.splice(0));

const job = (...names: string[]) => names.map(path => ({ path }));
const given = () => workers.map(worker => worker.given.map(files => files.map(({ path }) => path).join(" ")));

function opened() {
  const heard: FromParser[] = [];
  return {
    heard,
    parsers: new ParserPool({ key: "k", prices: {}, tier: 1, redact: [], timeZone: "" }, message =>
      heard.push(message),
    ),
  };
}

test("there are as many as the machine has cores for, and none before there is work", () => {
  const { parsers } = opened();
  expect(workers).toHaveLength(0);
  for (const name of ["a", "b", "c"]) parsers.parse(job(name));
  expect(given()).toEqual([["a", "c"], ["b"]]);
});

test("each gets some jobs ahead, the one with the least to do the next", () => {
  const { parsers } = opened();
  let jobs = 0;
  for (; parsers.free; jobs++) parsers.parse(job(`${jobs}`));
  expect([jobs, given().map(some => some.length)]).toEqual([4, [2, 2]]);
  workers[1]?.work();
  expect(parsers.free).toBe(true);
  parsers.parse(job("next"));
  expect(given()[1]?.at(-1)).toBe("next");
});

test("what they say is heard", () => {
  const { parsers, heard } = opened();
  parsers.parse(job("a", "b"));
  workers[0]?.work();
  expect(heard).toEqual([{ kind: "done", path: "a" }, { kind: "done", path: "b" }, { kind: "free" }]);
});

test("of one that dies the files that it had not read are told, and another takes its place", () => {
  const { parsers, heard } = opened();
  parsers.parse(job("a"));
  parsers.parse(job("other"));
  parsers.parse(job("b", "c"));
  const [first] = workers;
  first?.work();
  heard.splice(0);
  first?.emit("message", { kind: "done", path: "b" });
  first?.emit("error", new Error("out of memory"));
  expect(heard).toEqual([
    { kind: "done", path: "b" },
    { kind: "done", path: "c", error: "out of memory" },
    { kind: "free" },
  ]);
  parsers.parse(job("d"));
  expect(given()).toEqual([["b c"], ["other"], ["d"]]);
});

test("closing ends them all", async () => {
  const { parsers } = opened();
  parsers.parse(job("a"));
  parsers.parse(job("b"));
  await parsers.close();
  expect(workers.map(worker => worker.ended)).toEqual([true, true]);
});
