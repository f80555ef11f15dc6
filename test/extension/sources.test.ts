import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { decode } from "../../extension/capture/otlp/decode.ts";
import { findTranscripts } from "../../extension/capture/transcripts.ts";
import { eventOfHook, eventOfRecord } from "../../extension/clean/facts-of-event.ts";
import { Prices } from "../../extension/clean/prices.ts";
import { Redactor } from "../../extension/clean/redact.ts";
import type { Engine } from "../../extension/db/engine.ts";
import { Events } from "../../extension/db/events.ts";
import { Store } from "../../extension/db/store.ts";
import { parseFile } from "../../extension/parse.ts";
import { CAPTURES, captures, hooksOf, logsOf } from "./captured.ts";
import { chance } from "./chance.ts";
import { openScratch } from "./db/open-scratch.ts";
import { dump } from "./db/store-helpers.ts";

/**
 * The real sessions of the captures, told by each source alone and by all of them: what the hooks said, and the bytes
 * of the telemetry as they came, in JSON and in protobuf. Each alone is right in what it can know, and together they
 * make the same rows in whatever order they come.
 */
const context = {
  hash: (path: string) => `hash of ${path}`,
  prices: new Prices(),
  tier: 1 as const,
  redactor: new Redactor(),
};

type Told = (db: Engine) => void;

/** Everything stored but where it was read: of what a fork copied, either file is as good. */
function placeless(db: Engine): string[] {
  const places = /"(title_|result_)?(source|offset|length)":\d+,?/g;
  return Object.values(dump(db))
    .flat()
    .map(row => row.replace(places, ""))
    .sort();
}

const take = (event: unknown) => (db: Engine) =>
  void new Events(db, new Store(db), context.prices).take(event === undefined ? [] : [JSON.stringify(event)]);

function hooks(name: string): Told[] {
  return hooksOf(name).map(({ at, body }) => take(eventOfHook(body, at, context)));
}

function telemetry(name: string): Told[] {
  return logsOf(name).flatMap(({ form, body }) => {
    const bytes = Buffer.from(body, form === "json" ? "utf8" : "base64");
    const batch = decode("logs", bytes, form);
    expect(batch.rejected).toBe(0);
    return batch.signal === "logs" ? batch.records.map(record => take(eventOfRecord(record))) : [];
  });
}

async function transcripts(name: string): Promise<Told[]> {
  const files = await findTranscripts(join(CAPTURES, name));
  const paths = files.map(({ path }) => path).sort();
  return paths.map(path => db => {
    // Whoever comes first, a file has the same number.
    for (const some of paths) db.run("insert or ignore into source (path) values (?)", [some]);
    const store = new Store(db);
    for (const { rows, progress, counted } of parseFile(path, context, store.progress(path)))
      store.write(path, rows, progress, counted);
  });
}

async function stored<T>(told: Told[], ask: (db: Engine) => T): Promise<T> {
  await using folder = await openScratch();
  folder.db.transaction(() => {
    for (const tell of told) tell(folder.db);
  });
  expect(folder.db.all("select * from retry")).toEqual([]);
  expect(folder.db.all("select what from unknown")).toEqual([]);
  return ask(folder.db);
}

interface Truth {
  cli: string;
  prompts: { texts: string[] };
  tool_calls: { id: string; name: string; ok: boolean | null; agent: string | null; request_id: string }[];
  cost: { scripted_total_usd: number; oracle_new_spend_usd: number };
}

const calls = (db: Engine) =>
  db.all<{ id: string; name: string; status: string | null }>(
    "select id, name, status from step where kind = 'tool' order by id",
  );
const rows = (table: string, columns: string) => (db: Engine) =>
  db.all(`select ${columns} from ${table} order by 1, 2`);
const count = (db: Engine, what: string) => db.get<{ n: number }>(`select count(*) as n from ${what}`)?.n;

describe.each(captures)("%s", name => {
  const truth = JSON.parse(readFileSync(join(CAPTURES, name, "expected.json"), "utf8")) as Truth;
  const old = /^v[12]0/.test(name);

  test("all sources, in any order and twice, make the same rows", async () => {
    const all = [...(await transcripts(name)), ...hooks(name), ...telemetry(name)];
    // Of two calls just alike at the same time, old clients don't say which of them took how long.
    const same = old ? (db: Engine) => [...(dump(db).sums ?? []), ...(dump(db).failure ?? [])] : placeless;
    const inTurn = await stored(all, same);
    for (const seed of [1, 2]) {
      const random = chance(seed);
      const twice = random.shuffled([...all, ...all.filter(() => random.next() < 0.3)]);
      expect(await stored(twice, same)).toEqual(inTurn);
    }
  });

  test("hooks and telemetry change nothing of what the transcript knows", async () => {
    const lines = await transcripts(name);
    const all = [...hooks(name), ...telemetry(name), ...lines];
    const same: [string, string][] = [
      ["prompt", "id, turn, offset"],
      ["step where offset is not null", "id, kind, name, agent, status, offset, result_offset"],
      ["request where offset is not null", "id, model, agent, cache_read, cache_write_5m, cache_write_1h"],
      ["edit", "step, file, change, added, removed"],
      ["agent where step is not null", "id, step, type"],
      ["git_commit", "id, sha"],
    ];
    for (const [table, columns] of same)
      expect([table, await stored(all, rows(table, columns))]).toEqual([
        table,
        await stored(lines, rows(table, columns)),
      ]);
  });

  test("hooks alone tell of prompts and calls", async () => {
    const found = await stored(hooks(name), db => ({ calls: calls(db), prompts: count(db, "prompt") }));
    if (/^v10/.test(name)) return; // no ids
    const known = new Map(found.calls.map(call => [call.id, call]));
    for (const { id, name: tool, ok } of truth.tool_calls) {
      expect(known.get(id)).toMatchObject({ name: tool });
      const status = known.get(id)?.status;
      if (ok !== null) expect([id, status === "ok" || status === "running"]).toEqual([id, ok]);
    }
  });

  test("telemetry alone tells of calls that ran, and of what it cost", async () => {
    const told = telemetry(name);
    if (told.length === 0) return;
    const found = await stored(told, db => ({
      calls: calls(db),
      prompts: count(db, "prompt"),
      cost: db.get<{ sum: number }>("select coalesce(sum(cost), 0) as sum from request")?.sum,
    }));
    const names = new Map(truth.tool_calls.map(call => [call.id, call.name]));
    if (!old) for (const call of found.calls) expect(call.name).toBeOneOf([names.get(call.id), null]);
    // In this one the stand-in answered a check of the client's own too, which the client does not bill.
    const dollars = truth.cost[name === "model-switch" ? "oracle_new_spend_usd" : "scripted_total_usd"];
    expect(found.cost).toBe(Math.round(dollars * 1e9));
    expect(found.prompts).toBe(truth.prompts.texts.filter(text => !text.startsWith("/")).length);
  });
});
