import { expect, test } from "vitest";
import type { DerivedRequest } from "../../../extension/bill.ts";
import { captured, recorded } from "./recorded.ts";

const nano = (dollars: number) => Math.round(dollars * 1e9);

/** What a reader with a calculator gets. */
function calculated({ tokens, rates, webSearches, factor }: DerivedRequest): number {
  const buckets = Object.keys(rates ?? {}) as (keyof typeof tokens)[];
  const sum = buckets.reduce((all, name) => all + tokens[name] * (rates?.[name] ?? 0), 0);
  return (sum * factor) / 1e6 + webSearches * 0.01;
}

test.each(["multi-model", "resume-session", "compact-manual", "cache-1h-web", "subagent-one"])(
  "%s: tokens times prices are each amount, their sum is the session's, and with what is not attributed what Claude Code said",
  async name => {
    await using store = await recorded(await captured(name));
    for (const { id, costUsd } of store.sessions.list()) {
      const derived = store.derivation({ session: id });
      for (const request of derived.requests) expect(nano(calculated(request))).toBe(nano(request.costUsd));
      const counted = derived.requests.filter(({ countedIn }) => countedIn === null);
      expect(nano(counted.reduce((sum, request) => sum + request.costUsd, 0))).toBe(nano(costUsd));
      const { saidUsd, earlierUsd, unattributedUsd } = derived;
      expect(nano(saidUsd ?? 0)).toBe(nano(earlierUsd + costUsd + unattributedUsd));
      expect(counted.every(({ transcript, offset }) => transcript !== null && offset !== null)).toBe(true);
    }
  },
);

test("a fork's copies are struck out, with where they count", async () => {
  await using store = await recorded(await captured("fork-session"));
  const fork = store.sessions.list().find(({ parentId }) => parentId !== null);
  const { requests, saidUsd, earlierUsd, costUsd } = store.derivation({ session: fork?.id ?? "" });
  const copies = requests.filter(({ countedIn }) => countedIn !== null);
  expect(copies.length).toBeGreaterThan(0);
  expect(new Set(copies.map(({ countedIn }) => countedIn))).toEqual(new Set([fork?.parentId]));
  expect(nano(saidUsd ?? 0)).toBe(nano(earlierUsd + costUsd));
});

test("the prompts of a session make up the session", async () => {
  await using store = await recorded(await captured("subagent-one", "resume-session"));
  for (const { id, costUsd } of store.sessions.list()) {
    const { prompts } = store.session(id);
    const amounts = prompts.map(prompt => store.derivation({ session: id, prompt: prompt.id }).costUsd);
    expect(amounts.map(nano)).toEqual(prompts.map(prompt => nano(prompt.costUsd)));
    expect(nano(amounts.reduce((sum, amount) => sum + amount, 0))).toBe(nano(costUsd));
  }
});

test("a session or prompt that nobody knows is said to be so", async () => {
  await using store = await recorded(await captured("chat-only"));
  const [session] = store.sessions.list();
  expect(() => store.derivation({ session: "x" })).toThrow("not known");
  expect(() => store.derivation({ session: session?.id ?? "", prompt: "x" })).toThrow("not known");
});
