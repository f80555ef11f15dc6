import { count, duration, money } from "../base/format.ts";
import { reading } from "./progress.ts";
import type { Verb } from "./verb.ts";

/** Reads everything there is once, and says what it came to. */
export const index: Verb = {
  does: "read everything once, and say what it came to",
  examples: ["agent-trace index", "agent-trace index --claude-dir /mnt/backup/.claude --json"],
  async run(terminal) {
    const { owner, json, print } = terminal;
    const start = performance.now();
    await reading(terminal);
    const [totals, { skipped, unknown, notes, found }] = await Promise.all([owner.totals(), owner.state()]);
    const ms = Math.round(performance.now() - start);
    if (json) return print(JSON.stringify({ ...totals, files: found, skipped, unknown, ms }, undefined, 2));
    const { sessions, prompts, steps, requests, costUsd } = totals;
    print(
      `${count(sessions, "session")}, ${count(prompts, "prompt")}, ${count(steps, "tool call")}, ` +
        `${count(requests, "request")}, ${money(costUsd)} in ${count(found, "file")}, read in ${duration(ms)}.`,
    );
    if (skipped > 0) print(`${count(skipped, "line")} could not be understood.`);
    for (const { what, times } of unknown)
      print(`Not known to this version: ${what} (${count(times, "time")}).`);
    for (const { what, why } of notes) print(`${what}: ${why}`);
  },
};
