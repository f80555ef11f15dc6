import { expect, test } from "vitest";
import { assistantLine, userLine } from "../../lines.ts";
import { MAIN, recorded } from "./recorded.ts";

const nano = (dollars: number) => Math.round(dollars * 1e9);
let requests = 0;

/** A response at a minute of a day, for so many dollars of input. */
function answered(day: number, minute: number, dollars: number, usage: object = {}) {
  const id = `req_${++requests}`;
  const used = { input_tokens: dollars * 250_000, output_tokens: 0, ...usage };
  const message = { id, model: "claude-opus-5-5", usage: used, content: [{ type: "text", text: "Done." }] };
  return assistantLine(message, {
    requestId: id,
    timestamp: new Date(2026, 10, day, 12, minute).toISOString(),
  });
}

const usualDays = [10, 11, 12, 13].map(day => answered(day, 0, 2)).join("");

test("of a usual day there is nothing to say", async () => {
  await using store = await recorded({ [MAIN]: userLine("Go on.") + usualDays + answered(14, 0, 2) });
  expect(await store.reasons({ day: "2026-11-14" })).toEqual({ costUsd: 2, usualUsd: 2, parts: [] });
});

test("what waste there was comes by itself, the rest as the session's own", async () => {
  const caches = [10, 20, 30, 40].map(minute => {
    const written = { cache_creation_input_tokens: 200_000, cache_read_input_tokens: 0 };
    return answered(14, minute, 0, written);
  });
  await using store = await recorded({
    [MAIN]: userLine("Go on.") + usualDays + answered(14, 0, 3) + caches.join(""),
  });
  const { costUsd, usualUsd, parts } = await store.reasons({ day: "2026-11-14" });
  expect([costUsd, usualUsd]).toEqual([7, 2]);
  expect(parts.map(({ what }) => what)).toEqual([
    "All else in",
    "Cache written again 3 times after pauses, 200 k tokens each, in",
  ]);
  expect(nano(parts.reduce((sum, part) => sum + part.costUsd, 0))).toBe(nano(costUsd - usualUsd));
});

test("of other folders nothing is told", async () => {
  await using store = await recorded({ [MAIN]: userLine("Go on.") + usualDays + answered(14, 0, 9) });
  const found = await store.reasons({ day: "2026-11-14", within: "/elsewhere" });
  expect(found).toEqual({ costUsd: 0, usualUsd: 0, parts: [] });
});
