import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { firstTime } from "../../../extension/base/first-time.ts";
import { scratch } from "../../scratch.ts";

test("a name is new once, whoever asks", async () => {
  await using folder = await scratch();
  const asked = ["a", "a", "b", "a"].map(name => firstTime(folder.at("told"), name));
  expect(asked).toEqual([true, false, true, false]);
});

test("the oldest are forgotten", async () => {
  await using folder = await scratch();
  for (let i = 0; i < 210; i++) firstTime(folder.at("told"), String(1000 + i));
  const kept = readdirSync(folder.at("told")).sort();
  expect([kept.length, kept[0]]).toEqual([200, "1010"]);
});
