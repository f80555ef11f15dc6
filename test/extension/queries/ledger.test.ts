import { expect, test } from "vitest";
import { Prices } from "../../../extension/clean/prices.ts";
import { Care } from "../../../extension/db/care.ts";
import type { Engine } from "../../../extension/db/engine.ts";
import { Store } from "../../../extension/db/store.ts";
import type { Spending } from "../../../extension/queries/cells.ts";
import { Ledger } from "../../../extension/queries/ledger.ts";
import { openScratch } from "../db/open-scratch.ts";
import { randomFacts } from "../db/random-facts.ts";
import { write } from "../db/store-helpers.ts";
import { captured, recorded } from "./recorded.ts";

const seeds = Array.from({ length: 20 }, (_, i) => i + 1);
const ledgerOf = (db: Engine) => new Ledger(db, new Prices());

/** What each session with any requests went for, found out just now. */
async function anew(db: Engine): Promise<Record<string, Spending>> {
  db.exec("delete from ledger; insert or ignore into stale select key from session");
  return told(db, ledgerOf(db));
}

async function told(db: Engine, ledger: Ledger): Promise<Record<string, Spending>> {
  const all = await ledger.all();
  const sessions = db.all<{ key: number; id: string }>("select key, id from session order by id");
  return Object.fromEntries(
    sessions.flatMap(({ key, id }) => {
      const spending = all.get(key);
      return spending && spending.cells.length > 0 ? [[id, spending]] : [];
    }),
  );
}

test.each(seeds)("is the same whether it was kept through all changes or is found anew (%i)", async seed => {
  await using folder = await openScratch();
  const { db } = folder;
  const [store, ledger] = [new Store(db), ledgerOf(db)];
  const steps = [
    () => write(store, "/a.jsonl", randomFacts(200, seed)),
    () => write(store, "/b.jsonl", randomFacts(20, seed + 100)),
    // Very many rows at once are written without triggers.
    () => store.together(1000, () => write(store, "/b.jsonl", randomFacts(40, seed + 200))),
    () => store.forget("/b.jsonl"),
    () => void new Care(db, folder.at("store.db")).deleteSessions(["s1"]),
    () => store.take(randomFacts(20, seed + 300)),
  ];
  for (const change of steps) {
    change();
    const kept = await told(db, ledger);
    // Another window may become the owner at any time.
    expect(await told(db, ledgerOf(db))).toEqual(kept);
    expect(await anew(db)).toEqual(kept);
  }
});

test("nothing is found out twice", async () => {
  await using store = await recorded(await captured("subagent-one", "mcp-tool"));
  const { db } = store;
  await ledgerOf(db).all();
  expect(db.all("select * from stale")).toEqual([]);
  db.exec("update ledger set cells = '[[],[],[]]'");
  expect([...(await ledgerOf(db).all()).values()].flatMap(({ cells }) => cells)).toEqual([]);
});

test("what a session went for is deleted with it", async () => {
  await using store = await recorded(await captured("subagent-one", "mcp-tool"));
  const { db } = store;
  await ledgerOf(db).all();
  const [session] = store.sessions.list();
  new Care(db, store.at("store.db")).deleteSessions([session?.id ?? ""]);
  const left = db.all("select session from ledger");
  expect(left).toHaveLength(1);
  expect(left).toEqual(db.all("select key as session from session"));
});

test("what could not be read once can be the next time", async () => {
  await using store = await recorded(await captured("subagent-one"));
  const { db } = store;
  const found = await told(db, ledgerOf(db));
  db.exec("update ledger set cells = '!' || cells");
  const ledger = ledgerOf(db);
  await expect(ledger.all()).rejects.toThrow(SyntaxError);
  db.exec("update ledger set cells = substr(cells, 2)");
  expect(await told(db, ledger)).toEqual(found);
});
