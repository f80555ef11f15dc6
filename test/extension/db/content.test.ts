import { afterEach, beforeEach, expect, test } from "vitest";
import type { Fact } from "../../../extension/clean/facts.ts";
import { unpack } from "../../../extension/db/content.ts";
import type { Engine } from "../../../extension/db/engine.ts";
import { Store } from "../../../extension/db/store.ts";
import { openScratch } from "./open-scratch.ts";

let folder: Awaited<ReturnType<typeof openScratch>>;
let db: Engine;

beforeEach(async () => {
  folder = await openScratch();
  db = folder.db;
});

afterEach(() => folder[Symbol.asyncDispose]());

const session = "s";
const said = (tier: 1 | 2 | 3, text: string): Fact => ({
  kind: "content",
  session,
  of: "prompt",
  owner: "u1",
  tier,
  text,
});
const found = (words: string) =>
  db.all<{ docid: number }>("select docid from search where search match ?", [words]).length;

test.each([
  [1, 0, 0],
  [2, 1, 0],
  [3, 1, 1],
] as const)(
  "tier %i keeps %i of the prompts and %i of the outputs, and finds words in them",
  (tier, prompts, outputs) => {
    const tiered = new Store(db, tier);
    tiered.take([
      said(2, "Fix the flaky checkout"),
      { ...said(3, "all tests passed, the café is open"), of: "output" } as Fact,
      {
        kind: "edit",
        session,
        step: "t",
        from: "transcript",
        file: { hash: "h", path: "/p/cart.ts" },
        change: "created",
        added: 1,
        removed: 0,
      },
    ]);
    expect([found("check*"), found("cafe")]).toEqual([prompts, outputs]);
    expect(db.get("select count(*) as n from file where path is not null")).toEqual({ n: tier > 1 ? 1 : 0 });
  },
);

test("words come back as they were, and what is said anew replaces them", () => {
  const tiered = new Store(db, 2);
  tiered.take([said(2, "Fix the flaky checkout")]);
  tiered.take([said(2, "Fix the café ☕")]);
  const kept = db.all<{ bytes: Uint8Array }>("select bytes from content");
  expect(kept.map(row => unpack(row.bytes))).toEqual(["Fix the café ☕"]);
  expect([found("flaky"), found("café")]).toEqual([0, 1]);
});
