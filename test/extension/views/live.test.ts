import { expect, test } from "vitest";
import type { OwnerStatus } from "../../../extension/base/owner.ts";
import { Signal } from "../../../extension/base/signal.ts";
import type { Hint, SessionRow } from "../../../extension/protocol.ts";
import { badgeOf, LiveSessions } from "../../../extension/views/live.ts";
import { row } from "./rows.ts";

const some = (...states: SessionRow["status"][]) => states.map((status, i) => row({ id: `s${i}`, status }));

test.each<[SessionRow["status"][], number | undefined, string | undefined]>([
  [[], undefined, undefined],
  [["idle", "failed", "waiting"], undefined, undefined],
  [["running"], 1, "1 session at work"],
  [["asking", "running", "asking", "idle"], 3, "2 sessions ask for a permission, 1 session at work"],
  [["asking"], 1, "1 session asks for a permission"],
])("%j has the badge %s: %s", (states, value, tooltip) => {
  expect(badgeOf(some(...states))).toEqual(value === undefined ? undefined : { value, tooltip });
});

/** An owner with these sessions, one answer after the other. */
function asked(...answers: SessionRow[][]) {
  const owner = {
    ...{
      status: { kind: "joined" } as const,
      hints: new Signal<Hint>(),
      statusChanged: new Signal<OwnerStatus>(),
    },
    times: 0,
    sessions: async () => answers[Math.min(owner.times++, answers.length - 1)] ?? [],
  };
  return owner;
}

test.each<[string, SessionRow[][], number, number]>([
  ["nothing is alive: nobody is asked again", [some("failed")], 1, 0],
  ["a state that time changes is told of", [some("running"), some("running"), some("lost")], 3, 1],
])("%s", async (_, answers, times, changes) => {
  const owner = asked(...answers);
  const live = new LiveSessions(owner, 20);
  let due = 0;
  live.due.on(() => due++);
  owner.hints.fire({ kind: "state" });
  await expect.poll(() => [owner.times >= times, due >= changes]).toEqual([true, true]);
  await new Promise(resolve => setTimeout(resolve, 100));
  expect(due).toBe(changes);
  if (changes === 0) expect(owner.times).toBe(times);
  await live.close();
});
