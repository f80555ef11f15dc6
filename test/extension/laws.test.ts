import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findTranscripts } from "../../extension/capture/transcripts.ts";
import { Prices } from "../../extension/clean/prices.ts";
import { Redactor } from "../../extension/clean/redact.ts";
import type { Engine } from "../../extension/db/engine.ts";
import { Store } from "../../extension/db/store.ts";
import { parseFile } from "../../extension/parse.ts";
import { wholeSession } from "../../extension/queries/session.ts";
import { Sessions } from "../../extension/queries/sessions.ts";
import { scratch } from "../scratch.ts";
import { chance } from "./chance.ts";
import { openScratch } from "./db/open-scratch.ts";

/**
 * What must hold however the files come: the real sessions of the captures, read in any order, in any pieces, with
 * the reader stopped and started anywhere, always make the same store.
 */
const context = {
  hash: (path: string) => `hash of ${path}`,
  prices: new Prices(),
  tier: 1 as const,
  redactor: new Redactor(),
};

let home: Awaited<ReturnType<typeof scratch>>;
let source: string;
let files: { path: string; bytes: Buffer }[];
let truth: string;

beforeAll(async () => {
  home = await scratch();
  source = home.at("all/projects");
  cpSync("test/fixtures/captures", source, {
    recursive: true,
    filter: path => !path.endsWith("expected.json"),
  });
  const found = await findTranscripts(home.at("all"));
  files = found.map(({ path }) => ({ path, bytes: readFileSync(path) }));
  truth = await told(async db => readAll(db));
});

afterAll(() => home?.[Symbol.asyncDispose]());

/** Reads what is new in a file into a store. */
function read(db: Engine, path: string): void {
  const store = new Store(db); // a new one each time: it remembers nothing but what is in the database
  for (const { restart, rows, progress, counted } of parseFile(path, context, store.progress(path))) {
    if (restart) store.forget(path);
    store.write(path, rows, progress, counted);
  }
}

function readAll(db: Engine, some = files): void {
  for (const { path } of some) read(db, path);
}

/** All that can be asked of a store after it was filled. */
async function told(fill: (db: Engine) => unknown): Promise<string> {
  await using folder = await openScratch();
  await fill(folder.db);
  return tell(folder.db);
}

function tell(db: Engine): string {
  const sessions = new Sessions(db, [home.at("all")], String);
  const rows = sessions.list().sort((a, b) => (a.id < b.id ? -1 : 1));
  const whole = rows.map(row => wholeSession(db, sessions, row.id, context.hash));
  const sums = db.all(`select s.id, n.day, n.model, n.agent, n.prompts, n.steps, n.failures, n.edits, n.added,
    n.removed, n.requests, n.cost, n.input, n.output, n.commits, n.agents from sums n join session s on s.key = n.session
    where n.prompts + n.steps + n.failures + n.edits + n.requests + n.commits + n.agents > 0 order by 1, 2, 3, 4`);
  const counted = db.all("select path, cursor, skipped, memory from source order by path");
  return JSON.stringify({ rows, whole, sums, counted }, undefined, 1);
}

test("the captures are all there", () => {
  expect(files.length).toBeGreaterThan(60);
  expect(JSON.parse(truth).rows.length).toBeGreaterThan(42);
});

test("reading everything twice changes nothing", async () => {
  const twice = await told(db => {
    readAll(db);
    for (const { path } of files) {
      const store = new Store(db);
      const before = store.progress(path);
      for (const { rows, progress } of parseFile(path, context))
        store.write(path, rows, progress, { skipped: 0, unknown: [] });
      expect(store.progress(path)).toEqual(before);
    }
  });
  expect(twice).toBe(truth);
});

test.each(Array.from({ length: 8 }, (_, i) => i + 1))(
  "any order of files, grown in any pieces, with a stop anywhere, gives the same store: seed %d",
  async seed => {
    const random = chance(seed);
    for (const { path } of files) rmSync(path);
    const live = await told(db => {
      const growing = random.shuffled(files).map(file => ({ ...file, at: 0 }));
      while (growing.length > 0) {
        const file = random.pick(growing);
        // Mostly some lines, now and then half of one, or all the rest.
        const step = random.below(4) === 0 ? file.bytes.length : 1 + random.below(20_000);
        mkdirSync(dirname(file.path), { recursive: true });
        appendFileSync(file.path, file.bytes.subarray(file.at, file.at + step));
        file.at += step;
        if (random.below(3) > 0) read(db, file.path);
        if (file.at >= file.bytes.length) growing.splice(growing.indexOf(file), 1);
      }
      readAll(db, random.shuffled(files));
    });
    expect(statSync(files[0]?.path ?? "").size).toBe(files[0]?.bytes.length);
    expect(differences(live)).toEqual([]);
  },
);

/** The first lines in which what was told is not the truth. */
function differences(live: string): string[] {
  if (live === truth) return [];
  const [a, b] = [truth.split("\n"), live.split("\n")];
  return a
    .flatMap((line, i) => (line === b[i] ? [] : [`${i}: ${line.trim()} | ${b[i]?.trim()}`]))
    .slice(0, 10);
}

test("a file that was rewritten is read again, and what it said before is gone", async () => {
  const [first, second] = files.filter(({ path }) => /simple-edit-commit|chat-only/.test(path));
  if (!first || !second) throw new Error("the captures have changed");
  const after = await told(db => {
    const place = home.at("all/projects/again", relative(source, first.path));
    mkdirSync(dirname(place), { recursive: true });
    for (const bytes of [first.bytes, second.bytes, Buffer.concat([first.bytes, second.bytes])]) {
      rmSync(place, { force: true });
      appendFileSync(place, bytes);
      read(db, place);
    }
    rmSync(join(home.at("all/projects/again")), { recursive: true });
    expect(new Sessions(db, [home.at("all")], String).totals()).toMatchObject({ sessions: 2, steps: 4 });
  });
  expect(after).not.toBe(truth);
});
