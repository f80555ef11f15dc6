import { join } from "node:path";
import { expect, test } from "vitest";
import { assistantLine, SESSION, userLine } from "../lines.ts";
import { scratch } from "../scratch.ts";
import { agentTrace } from "./agent-trace.ts";
import { openOwner } from "./open-owner.ts";

/** A response in the evening of Greenwich's Friday. */
const EVENING = "2026-11-20T20:10:00.000Z";
const usage = { input_tokens: 1000, output_tokens: 10 };
const asked = assistantLine(
  { id: "m1", model: "claude-opus-5-5", usage, content: [] },
  { timestamp: EVENING },
);
const FILES = {
  [`.claude/projects/-shop/${SESSION}.jsonl`]: userLine("Go on.", { timestamp: EVENING }) + asked,
};

test("days, hours and windows are those of the zone, also of what was stored in another", async () => {
  await using folder = await scratch(FILES);
  const cli = agentTrace(folder.path, folder.at(".claude"));
  for (const [timeZone, day, hour, window] of [
    ["Asia/Tokyo", "2026-11-21", 5 * 24 + 5, "2026-11-20T20:00:00.000Z"],
    ["America/New_York", "2026-11-20", 4 * 24 + 15, "2026-11-20T20:00:00.000Z"],
    ["Asia/Kolkata", "2026-11-21", 5 * 24 + 1, "2026-11-20T19:30:00.000Z"],
  ] as const) {
    await using owner = openOwner(folder.path, { timeZone });
    await owner.ready();
    expect((await owner.usage({ by: "day" })).map(({ name }) => name)).toEqual([day]);
    const { hours, windows, days } = await owner.breakdown({ stack: "model", from: day, to: day });
    expect(days.map(({ day }) => day)).toEqual([day]);
    expect(hours.flatMap((costUsd, i) => (costUsd > 0 ? [i] : []))).toEqual([hour]);
    expect(windows.map(({ start }) => new Date(start).toISOString())).toEqual([window]);
    // A terminal counts as the owner does, wherever its own machine is.
    const since = ["--since", day, "--data-dir", join(folder.path, "data")];
    const costs = JSON.parse((await cli.run("cost", "--by", "day", "--json", ...since)).out);
    expect(costs).toMatchObject([{ name: day }]);
  }
});

test("a time zone that is none is told of, and the machine's holds", async () => {
  await using folder = await scratch({ ".claude/projects/-shop/1.jsonl": userLine("Go on.") });
  await using owner = openOwner(folder.path, { timeZone: "Mars/Olympus" });
  await owner.ready();
  const { notes, timeZone } = await owner.state();
  expect(notes).toEqual([
    {
      what: "The time zone is not known",
      why: `agentTrace.timeZone is "Mars/Olympus", which is no name such as Europe/Berlin. Days are counted in the machine's, ${timeZone}.`,
    },
  ]);
});
