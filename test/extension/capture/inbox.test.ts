import { execFileSync } from "node:child_process";
import { appendFileSync, readdirSync, readFileSync, rmSync, utimesSync } from "node:fs";
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { expect, test } from "vitest";
import { Mailbox } from "../../../extension/base/mailbox.ts";
import { Inbox } from "../../../extension/capture/inbox.ts";
import { factsOfEvent } from "../../../extension/clean/facts-of-event.ts";
import { Prices } from "../../../extension/clean/prices.ts";
import { commandOf, installScript } from "../../../extension/connect/hook-script.ts";
import { scratch } from "../../scratch.ts";

interface Ways {
  take?: (lines: string[]) => void;
  settle?: () => void;
}

async function open(dataDir: string, { take, settle }: Ways = {}) {
  const taken: unknown[] = [];
  const errors: unknown[] = [];
  let settled = 0;
  const inbox = new Inbox(dataDir, {
    take: lines => {
      take?.(lines);
      taken.push(...lines.map(line => JSON.parse(line)));
    },
    settle: async () => {
      settle?.();
      settled++;
    },
    done: error => errors.push(error),
  });
  await inbox.open();
  return { taken, errors, settled: () => settled, [Symbol.asyncDispose]: () => inbox.close() };
}

async function put(dataDir: string, event: unknown) {
  const mailbox = new Mailbox(dataDir);
  await mailbox.put(event);
  await mailbox.seal();
}

const files = (dataDir: string) => readdirSync(`${dataDir}/inbox`);

test("events come in the order in which they were put, those before and those after the opening", async () => {
  await using folder = await scratch();
  const mailbox = new Mailbox(folder.path);
  for (let n = 0; n < 3; n++) await mailbox.put(n);
  await using inbox = await open(folder.path);
  await Promise.all([3, 4, 5].map(n => mailbox.put(n)));
  await expect.poll(() => inbox.taken).toEqual([0, 1, 2, 3, 4, 5]);
  await mailbox.seal();
});

test("events share a file until it is sealed", async () => {
  await using folder = await scratch();
  const mailbox = new Mailbox(folder.path);
  await Promise.all(Array.from({ length: 100 }, (_, n) => mailbox.put(n)));
  await mailbox.put(100);
  expect(files(folder.path)).toHaveLength(1);
  await mailbox.seal();
  await mailbox.put(101);
  expect(files(folder.path)).toHaveLength(2);
  await mailbox.seal();
});

test("an event is safe although its file was removed by somebody, or the folder", async () => {
  await using folder = await scratch();
  const mailbox = new Mailbox(folder.path);
  for (const n of [1, 2, 3]) {
    await mailbox.put(n);
    rmSync(n === 1 ? folder.at(`inbox/${files(folder.path)[0]}`) : folder.at("inbox"), { recursive: true });
  }
  await mailbox.put(4);
  expect(files(folder.path).map(name => readFileSync(folder.at(`inbox/${name}`), "utf8"))).toEqual(["4\n"]);
  await mailbox.seal();
});

test("a file goes only once what was in it is settled", async () => {
  await using folder = await scratch();
  await put(folder.path, 1);
  await using inbox = await open(folder.path);
  await expect.poll(() => inbox.taken).toEqual([1]);
  expect([inbox.settled(), files(folder.path).length]).toEqual([0, 1]);
  await expect.poll(() => files(folder.path)).toEqual([]);
  expect(inbox.settled()).toBeGreaterThan(0);
});

test("a file that grows while it is settled stays until that is taken as well", async () => {
  await using folder = await scratch({ "inbox/1.ndjson": "1\n2\n" });
  let seen: unknown;
  await using inbox = await open(folder.path, {
    settle: () => {
      if (seen === undefined) appendFileSync(folder.at("inbox/1.ndjson"), "3\n");
      seen ??= [...inbox.taken];
    },
  });
  await expect.poll(() => files(folder.path)).toEqual([]);
  expect([seen, inbox.taken]).toEqual([
    [1, 2],
    [1, 2, 3],
  ]);
});

test("what another program puts into a file at the moment of its removal is taken, too", async () => {
  await using folder = await scratch();
  const { rm } = fs;
  fs.rm = async (path, options) => {
    appendFileSync(`${path}`, '"late"\n');
    await rm(path, options);
  };
  syncBuiltinESMExports();
  try {
    await using inbox = await open(folder.path);
    await put(folder.path, "early");
    await expect.poll(() => inbox.taken).toEqual(["early", "late"]);
    expect(files(folder.path)).toEqual([]);
  } finally {
    fs.rm = rm;
    syncBuiltinESMExports();
  }
});

test("half a line that a killed writer left is no event, and goes with its file", async () => {
  await using folder = await scratch({ "inbox/1.ndjson": '1\n{"half' });
  await using inbox = await open(folder.path);
  await expect.poll(() => files(folder.path)).toEqual([]);
  expect(inbox.taken).toEqual([1]);
});

test("what the hooks' script left has the time of its file", async () => {
  await using folder = await scratch();
  await installScript(folder.path, "media/hook.sh");
  const hook = '{"session_id":"s","hook_event_name":"SessionStart","source":"startup"}';
  execFileSync("sh", ["-c", commandOf(folder.path)], { input: hook });
  const [name] = files(folder.path);
  utimesSync(`${folder.path}/inbox/${name}`, 1_795_000_000.25, 1_795_000_000.25);
  await using inbox = await open(folder.path);
  await expect.poll(() => inbox.taken).toMatchObject([{ kind: "hook", at: 1_795_000_000_250 }]);
  const { facts } = factsOfEvent(JSON.stringify(inbox.taken[0]), new Prices());
  expect(facts).toMatchObject([{ kind: "session", session: "s", at: 1_795_000_000_250 }]);
});

test("when nothing can be stored it is told, kept, and tried again", async () => {
  await using folder = await scratch();
  await put(folder.path, "late");
  let full = true;
  await using inbox = await open(folder.path, {
    take: () => {
      if (full) throw new Error("the disk is full");
    },
  });
  await expect.poll(() => String(inbox.errors.at(-1))).toContain("the disk is full");
  expect(files(folder.path)).toHaveLength(1);
  full = false;
  await expect.poll(() => inbox.taken).toEqual(["late"]);
  expect(inbox.errors.at(-1)).toBeUndefined();
});

test("what a killed writer left half done is removed, but not what is being written", async () => {
  await using folder = await scratch({ "inbox/1-old.part": '{"half', "inbox/2-new.part": '{"half' });
  const longAgo = new Date(Date.now() - 120_000);
  utimesSync(folder.at("inbox/1-old.part"), longAgo, longAgo);
  await using inbox = await open(folder.path);
  expect([files(folder.path), inbox.taken]).toEqual([["2-new.part"], []]);
});

test("once it is closed a mailbox keeps nothing", async () => {
  await using folder = await scratch();
  const mailbox = new Mailbox(folder.path);
  mailbox.refuse();
  await mailbox.put("secret");
  expect(readdirSync(folder.path)).toEqual([]);
});
