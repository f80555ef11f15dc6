import { readdir, readFile } from "node:fs/promises";
import { expect, test, vi } from "vitest";
import type { Forward } from "../../extension/job.ts";
import { answerLine, SESSION, smallSession } from "../lines.ts";
import { scratch } from "../scratch.ts";
import { collector } from "./export/collector.ts";
import { openOwner } from "./open-owner.ts";

// Recorders are threads, which take their time where all cores are busy.
vi.setConfig({ testTimeout: 40_000 });

test("nothing is sent before the user agrees, then what happens from now, with the words that the tier allows", async () => {
  using there = await collector();
  await using home = await scratch({ ".claude/projects/p/a.jsonl": smallSession("Old") });
  const headers = { "x-key": "env:FORWARD_KEY" };
  process.env.FORWARD_KEY = "mine";
  await using owner = openOwner(home.path, {
    ...{ forward: { endpoint: there.url.href, headers, words: "all" }, tier: 2 },
  });
  await owner.ready();
  delete process.env.FORWARD_KEY;
  const to = there.url.origin;
  expect((await owner.state()).forward).toEqual({ to, words: "prompts", waiting: null });
  await owner.agreeToForward();
  let now = Date.now();
  const fresh = (smallSession("Now") + answerLine("It is mended now."))
    .replace(/"timestamp":"[^"]+"/g, () => `"timestamp":"${new Date(now++).toISOString()}"`)
    .replaceAll(SESSION, `${SESSION.slice(0, -1)}2`)
    .replaceAll("toolu_", "toolu_b");
  await home.write(".claude/projects/p/b.jsonl", fresh);
  // It has answered, and may go on: the span of all of it is still to come.
  await vi.waitFor(() => expect(there.got.flatMap(({ spans }) => spans).length).toBeGreaterThan(3), 20_000);
  expect((await owner.state()).forward).toEqual({ to, words: "prompts", waiting: 1 });
  const [first] = there.got;
  expect([first?.headers["x-key"], first?.path]).toEqual(["mine", "/v1/traces"]);
  const said = JSON.stringify(there.got);
  expect([said.includes("The total is wrong"), said.includes("mended")]).toEqual([true, false]);
  expect(said).not.toContain(SESSION);
});

test.each<[string, Forward, RegExp]>([
  ["an address that is none", { endpoint: "nowhere" }, /An endpoint is an address/],
  ["a preset that is not known", { preset: "other" as never }, /There is no preset other/],
  ["a key that is missing", { endpoint: "http://a.test", headers: { a: "env:NOT_THERE" } }, /Set NOT_THERE/],
])("%s is told, and nothing is sent", async (_, forward, words) => {
  await using home = await scratch();
  await using owner = openOwner(home.path, { forward });
  await owner.ready();
  const { notes, forward: state } = await owner.state();
  expect([state, notes.find(({ what }) => what === "Sessions are not sent on")?.why]).toEqual([
    undefined,
    expect.stringMatching(words),
  ]);
  expect(await readdir(home.at("data"))).not.toContain("outbox");
});

test("who has agreed need not again, unless it goes elsewhere or with more words", async () => {
  await using home = await scratch();
  const agreed = async (forward: Forward) => {
    await using owner = openOwner(home.path, { forward, tier: 3 });
    await owner.ready();
    const { forward: state } = await owner.state();
    if (state?.waiting === null) await owner.agreeToForward();
    return state?.waiting !== null;
  };
  const endpoint = "http://127.0.0.1:9";
  expect([
    await agreed({ endpoint }),
    await agreed({ endpoint }),
    await agreed({ endpoint, words: "all" }),
    await agreed({ endpoint: "http://127.0.0.1:10" }),
  ]).toEqual([false, true, false, false]);
  expect(await readFile(home.at("data", "outbox", "agreed.json"), "utf8")).toContain("127.0.0.1:10");
});
