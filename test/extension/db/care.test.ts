import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Fact, Tier } from "../../../extension/clean/facts.ts";
import { Care } from "../../../extension/db/care.ts";
import { Store } from "../../../extension/db/store.ts";
import { openScratch } from "./open-scratch.ts";
import { write } from "./store-helpers.ts";

/** Three sessions in two projects, with words that can be looked for in the file. */
async function filled(tier: Tier = 3) {
  const store = await openScratch();
  const writer = new Store(store.db, tier);
  for (const [i, project] of ["/shop", "/shop", "/docs"].entries()) {
    const session = `session-${i}`;
    const say = (of: string, tier: Tier, text: string): Fact => ({
      kind: "content",
      session,
      of,
      owner: "u",
      tier,
      text,
    });
    write(writer, `/t/${i}.jsonl`, factsOf(session, project, i, say), { cursor: 10 });
  }
  return { ...store, writer, care: new Care(store.db, store.file) };
}

function factsOf(
  session: string,
  project: string,
  i: number,
  say: (of: string, tier: Tier, text: string) => Fact,
): Fact[] {
  return [
    { kind: "session", session, project, at: i * 1000 },
    { kind: "prompt", session, id: `prompt-${i}`, rank: 0, at: i * 1000 },
    { kind: "step", type: "tool", session, id: `toolu-${i}`, at: i * 1000, name: "Edit" },
    { kind: "request", session, id: `msg-${i}`, at: i * 1000, model: "opus" },
    {
      kind: "edit",
      session,
      step: `toolu-${i}`,
      from: "transcript",
      file: { hash: `hash-${i}`, path: `/path-${i}.ts` },
      change: "created",
      added: 1,
      removed: 0,
    },
    say("prompt", 2, `promptword${i} `.repeat(5000)),
    say("output", 3, `outputword${i} `.repeat(5000)),
  ];
}

const sessions = "select id from session order by id";

test.each([
  [
    "by its id",
    (care: Care) => care.deleteSessions(["session-1", "no-such-session"]),
    ["session-0", "session-2"],
  ],
  ["by project", (care: Care) => care.deleteProject("/shop"), ["session-2"]],
  ["by age", (care: Care) => care.deleteOlder(2000), ["session-2"]],
])("a session can be deleted %s, with its rows, its sums and its bytes", async (_, remove, left) => {
  await using store = await filled();
  const gone = [0, 1, 2].filter(i => !left.includes(`session-${i}`));
  expect(remove(store.care)).toBe(gone.length);
  const { before, after } = store.care.compact();
  expect(after).toBeLessThan(before);
  expect(store.db.all<{ id: string }>(sessions).map(row => row.id)).toEqual(left);
  const bytes = readFileSync(store.file, "latin1") + readFileSync(`${store.file}-wal`, "latin1");
  for (const i of gone)
    for (const word of [
      `prompt-${i}`,
      `toolu-${i}`,
      `msg-${i}`,
      `/path-${i}.ts`,
      `promptword${i}`,
      `outputword${i}`,
    ])
      expect([word, bytes.includes(word)]).toEqual([word, false]);
  expect(bytes).toContain("toolu-2");
  expect(store.db.get("select sum(steps) as steps, sum(requests) as requests from daily")).toEqual({
    steps: left.length,
    requests: left.length,
  });
  expect(store.db.get("select count(*) as n from total")).toEqual({ n: left.length });
  expect(store.db.all("select docid from search where search match ?", [`outputword${gone[0]}`])).toEqual([]);
});

test("what was deleted is not stored again, whoever tells of it", async () => {
  await using store = await filled();
  store.care.deleteSessions(["session-1"]);
  const told: Fact = { kind: "step", type: "tool", session: "session-1", id: "toolu-9", name: "Bash" };
  write(store.writer, "/t/1.jsonl", [told], { cursor: 20 });
  expect(store.db.all(sessions)).toEqual([{ id: "session-0" }, { id: "session-2" }]);
  expect(store.writer.progress("/t/1.jsonl")?.cursor).toBe(20);
});

test.each([
  [2, 3, ["promptword0", "/path-0.ts"], ["outputword0"]],
  [1, 6, [], ["outputword0", "promptword0", "/path-0.ts"]],
] as const)(
  "lowering the tier to %i removes what is above it, for real",
  async (tier, things, kept, gone) => {
    await using store = await filled();
    expect(store.care.lowerTier(tier)).toBe(tier === 1 ? 9 : things);
    const { before, after } = store.care.compact();
    expect(after).toBeLessThan(before);
    const bytes = readFileSync(store.file, "latin1") + readFileSync(`${store.file}-wal`, "latin1");
    expect(kept.filter(word => !bytes.includes(word))).toEqual([]);
    expect(gone.filter(word => bytes.includes(word))).toEqual([]);
  },
);
