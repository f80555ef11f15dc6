import { expect, test } from "vitest";
import { killInFlood } from "./flood.ts";
import { killWhileWriting } from "./kill.ts";
import { fightOverStore } from "./owners.ts";
import { cutPowerWhileWriting } from "./power.ts";

/** The short form; `npm run torture` does the same for minutes. */

const unharmed = { damaged: 0, lost: 0, partial: 0 };

test("killed while it writes, a store loses nothing that was told to be stored", async () => {
  expect(await killWhileWriting(8)).toMatchObject({ ...unharmed, kills: 8 });
});

test("after a power cut it has all that was told to be stored", async () => {
  expect(await cutPowerWhileWriting(60)).toMatchObject(unharmed);
});

test("on a disk that ignores fsync it does not: the power cuts here are real ones", async () => {
  const { damaged, lost } = await cutPowerWhileWriting(20, true);
  expect(damaged + lost).toBeGreaterThan(5);
});

test("windows that share a store lose no event, whether its owner is killed or hangs", {
  timeout: 120_000,
}, async () => {
  const result = await fightOverStore(4, 1);
  expect(result).toMatchObject({ kills: 4, lost: 0, sound: true, steppedDown: 1 });
  expect(result.acked).toBeGreaterThan(200);
});

test("an owner that is killed in a flood of events loses none that it acknowledged", async () => {
  const result = await killInFlood(3);
  expect(result).toMatchObject({ kills: 3, lost: 0 });
  expect(result.acked).toBeGreaterThan(300);
});
