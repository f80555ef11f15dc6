import { expect, test } from "vitest";
import type { Side } from "../../../../extension/pages.ts";
import { betterIn } from "../../../../webview/lib/compare/better.ts";
import { inventedSides } from "../../compared.ts";

const none = { cost: null, time: null, errors: null };
const errors = (n: number) => ({ errors: { n, at: null } });

test.each<[string, Partial<Side>, ReturnType<typeof betterIn>]>([
  ["cheaper, quicker, and without errors", {}, { cost: 1, time: 1, errors: 1 }],
  ["cheaper and quicker, with as many errors", errors(2), { cost: 1, time: 1, errors: null }],
  ["hardly cheaper", { costUsd: 1.2 }, { cost: null, time: 1, errors: 1 }],
  ["the same", { costUsd: 1.24, activeMs: 320_000, ...errors(2) }, none],
  [
    "dearer, slower, and wrong",
    { costUsd: 2, activeMs: 900_000, ...errors(3) },
    { cost: 0, time: 0, errors: 0 },
  ],
  ["cheaper and quicker, but with more errors", errors(3), none],
  ["cheaper, but slower", { activeMs: 900_000 }, none],
  ["cheap because it was given up", { well: false }, none],
  ["cheap as far as prices are known", { unpricedModels: ["x"] }, none],
  ["one that only looked", { files: { n: 0, at: null } }, none],
  ["at work on something else", { project: "/home/sam/dev/site" }, none],
])("the second is %s: %j", (_, more, better) => {
  const [first, second] = inventedSides();
  expect(betterIn([first, { ...second, ...more }])).toEqual(better);
});
