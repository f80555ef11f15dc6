import { expect, test } from "vitest";
import { Reader } from "../../../extension/capture/reader.ts";
import { scratch } from "../../scratch.ts";

/** A reader whose output remembers everything. */
function recording() {
  const cursors = new Map<string, number>();
  const taken: string[] = [];
  const done: string[] = [];
  const failed: string[] = [];
  const restarted: string[] = [];
  const waiting = new Map<string, () => void>();
  const reader = new Reader({
    cursor: path => cursors.get(path) ?? 0,
    take: (path, lines, cursor) => {
      taken.push(...lines.map(line => line.text));
      cursors.set(path, cursor);
    },
    restart: path => {
      restarted.push(path);
      cursors.delete(path);
    },
    done: (path, error) => {
      done.push(path);
      if (error) failed.push(path);
      waiting.get(path)?.();
    },
  });
  const read = (path: string) =>
    new Promise<void>(resolve => {
      waiting.set(path, resolve);
      reader.read(path);
    });
  return { reader, read, taken, done, failed, restarted };
}

test("reads only what was appended", async () => {
  await using folder = await scratch({ "a.jsonl": "1\n2\n" });
  const { read, taken } = recording();
  await read(folder.at("a.jsonl"));
  await folder.append("a.jsonl", "3\n");
  await read(folder.at("a.jsonl"));
  expect(taken).toEqual(["1", "2", "3"]);
});

test("a line that is being written is read when it is whole", async () => {
  await using folder = await scratch({ "a.jsonl": "1\n2" });
  const { read, taken } = recording();
  await read(folder.at("a.jsonl"));
  await folder.append("a.jsonl", "2\n");
  await read(folder.at("a.jsonl"));
  expect(taken).toEqual(["1", "22"]);
});

test("a file that shrank is read again from its start", async () => {
  await using folder = await scratch({ "a.jsonl": "1\n2\n" });
  const { read, taken, restarted } = recording();
  await read(folder.at("a.jsonl"));
  await folder.write("a.jsonl", "3\n");
  await read(folder.at("a.jsonl"));
  expect(taken).toEqual(["1", "2", "3"]);
  expect(restarted).toEqual([folder.at("a.jsonl")]);
});

test("a file that can't be read is told, one that is gone is not, and the next one is read", async () => {
  await using folder = await scratch({ "folder.jsonl/x": "", "b.jsonl": "1\n" });
  const { reader, read, taken, done, failed } = recording();
  reader.read(folder.at("folder.jsonl"));
  reader.read(folder.at("gone.jsonl"));
  await read(folder.at("b.jsonl"));
  await reader.close();
  expect(failed).toEqual([folder.at("folder.jsonl")]);
  expect(taken).toEqual(["1"]);
  expect(done).toHaveLength(3);
});

test("nothing is read once it is closed", async () => {
  await using folder = await scratch({ "a.jsonl": "1\n" });
  const { reader, taken } = recording();
  await reader.close();
  reader.read(folder.at("a.jsonl"));
  await reader.close();
  expect(taken).toEqual([]);
});
