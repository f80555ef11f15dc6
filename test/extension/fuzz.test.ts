import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { Line } from "../../extension/capture/lines.ts";
import { findTranscripts } from "../../extension/capture/transcripts.ts";
import { Interpreter } from "../../extension/clean/interpreter.ts";
import { Prices } from "../../extension/clean/prices.ts";
import { Redactor } from "../../extension/clean/redact.ts";
import { Batch } from "../../extension/db/merge.ts";
import { recount } from "../../extension/db/migrations/roll-up.ts";
import { Store } from "../../extension/db/store.ts";
import { wholeSession } from "../../extension/queries/session.ts";
import { Sessions } from "../../extension/queries/sessions.ts";
import { chance } from "./chance.ts";
import { openScratch } from "./db/open-scratch.ts";

/** Real lines, spoiled in every way that a disk, a crash or another program could: nothing may stop the reader. */
const LINES = 100_000;
const AT_ONCE = 2000;
const random = chance(4);

type Spoil = (line: Buffer, all: Buffer[]) => Buffer;

const SPOILS: Record<string, Spoil> = {
  whole: line => line,
  truncated: line => line.subarray(0, random.below(line.length)),
  headless: line => line.subarray(random.below(line.length)),
  glued: (line, all) => Buffer.concat([line.subarray(0, random.below(line.length)), random.pick(all)]),
  "with a byte changed": line => {
    const spoiled = Buffer.from(line);
    spoiled[random.below(spoiled.length)] = random.below(256);
    return spoiled;
  },
  "not UTF-8": line =>
    Buffer.concat([line.subarray(0, 40), Buffer.from([0xff, 0xc3, 0x28, 0xed, 0xa0]), line.subarray(40)]),
  "of other types": line => Buffer.from(JSON.stringify(otherTypes(JSON.parse(line.toString())))),
  "with fields gone": line => Buffer.from(JSON.stringify(fewer(JSON.parse(line.toString())))),
  "with Windows' line end": line => Buffer.concat([line, Buffer.from("\r")]),
};
const names = Object.keys(SPOILS);

const STRANGE = [
  null,
  true,
  -1,
  1e308,
  2 ** 53,
  "",
  "\0",
  "x".repeat(300),
  [],
  {},
  [[[[]]]],
  [null],
  "2026-13-45",
  Number.NaN,
];

/** The same with some values in it replaced by what nobody would put there. */
function otherTypes(value: unknown): unknown {
  if (random.below(12) === 0) return random.pick(STRANGE);
  if (Array.isArray(value)) return value.map(otherTypes);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, otherTypes(inner)]));
}

function fewer(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fewer);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(() => random.below(10) > 0);
  return Object.fromEntries(kept.map(([name, inner]) => [name, fewer(inner)]));
}

function lineOf(bytes: Buffer, offset: number): Line {
  return new Line(bytes, 0, bytes.length, offset);
}

async function realLines(): Promise<Buffer[]> {
  const folders = [
    "v10-subagent-resume",
    "v20-compact",
    "edit-kinds",
    "fork-session",
    "subagent-background",
    "thinking",
  ];
  const found = await Promise.all(folders.map(name => findTranscripts(`test/fixtures/captures/${name}`)));
  return found.flat().flatMap(({ path }) =>
    path.endsWith(".jsonl")
      ? readFileSync(path, "utf8")
          .trimEnd()
          .split("\n")
          .filter(Boolean)
          .map(line => Buffer.from(line))
      : [],
  );
}

test("100,000 spoiled lines: none stops the reader, all are counted, and what is stored is sound", async () => {
  await using folder = await openScratch();
  const store = new Store(folder.db);
  const real = await realLines();
  const context = {
    hash: (path: string) => path,
    prices: new Prices(),
    tier: 1 as const,
    redactor: new Redactor(),
  };
  const interpreter = new Interpreter(context, spot =>
    random.below(2) ? real[spot.offset % real.length] : undefined,
  );
  const counts = { lines: 0, skipped: 0, unknown: 0, facts: 0 };
  for (let done = 0; done < LINES; done += AT_ONCE) {
    const lines = Array.from({ length: AT_ONCE }, (_, i) =>
      lineOf((SPOILS[random.pick(names)] as Spoil)(random.pick(real), real), (done + i) * 1000),
    );
    const found = interpreter.read(lines);
    counts.lines += found.lines;
    counts.skipped += found.skipped;
    counts.facts += found.facts.length;
    for (const times of found.unknown.values()) counts.unknown += times;
    const progress = {
      cursor: done,
      size: done,
      modified: done,
      head: "",
      memory: JSON.stringify(interpreter.memory),
    };
    store.write("/spoiled.jsonl", Batch.of(found.facts), progress, found);
  }
  expect(counts.lines).toBe(LINES);
  expect(counts.skipped).toBeGreaterThan(LINES / 10);
  expect(counts.unknown).toBeGreaterThan(1000);
  expect(counts.facts).toBeGreaterThan(10_000);
  expect(store.skipped()).toBe(counts.skipped);
  folder.db.assertSound();
  const sums = () =>
    folder.db.all("select * from sums where prompts + steps + requests + failures + edits > 0");
  const kept = sums();
  folder.db.exec(recount("select key from session"));
  expect(sums()).toEqual(kept);
  const sessions = new Sessions(folder.db, ["/"], String);
  for (const { id } of sessions.list())
    expect(wholeSession(folder.db, sessions, id, context.hash).id).toBe(id);
}, 120_000);

test.each([
  [
    "60 MB in one text",
    () => `{"type":"user","sessionId":"s","message":{"content":"${"x\\n".repeat(20_000_000)}"}}`,
  ],
  ["brackets that never end", () => "[".repeat(5_000_000)],
  [
    "objects a million deep",
    () => `{"type":"user","message":${'{"a":'.repeat(1_000_000)}1${"}".repeat(1_000_001)}`,
  ],
  ["only quotes", () => `{${'"'.repeat(3_000_000)}}`],
  ["only backslashes", () => `{"type":"${"\\".repeat(3_000_000)}"}`],
  [
    "a million fields",
    () => `{"sessionId":"s","type":"user",${Array.from({ length: 300_000 }, (_, i) => `"f${i}":1`)}}`,
  ],
])(
  "a giant line is no trouble: %s",
  (_, make) => {
    const context = {
      hash: (path: string) => path,
      prices: new Prices(),
      tier: 1 as const,
      redactor: new Redactor(),
    };
    const interpreter = new Interpreter(context, () => undefined);
    const bytes = Buffer.from(make());
    const found = interpreter.read([lineOf(bytes, 0), lineOf(Buffer.from("{}"), bytes.length + 1)]);
    expect(found.lines).toBe(2);
    expect(found.unknown.size).toBeLessThanOrEqual(100);
  },
  20_000,
);
