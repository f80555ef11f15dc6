import { sideOf } from "../../extension/base/side.ts";
import type { Side } from "../../extension/pages.ts";
import { prompt, session, step } from "./session.ts";

const failed = { status: "failed", failure: { type: "tool", code: "exit_code" } } as const;
const tokens = { input: 1000, output: 8000, cacheRead: 90_000, cacheWrite5m: 9000, cacheWrite1h: 0 };

/** The same task twice: at first with much to and fro, then quickly by a smaller model. */
export function inventedSides(): [Side, Side] {
  const first = session(
    [
      prompt(
        "p1",
        "Fix the <b>total</b> of the cart",
        [
          step("a1", { name: "Bash", durationMs: 4000, ...failed }),
          step("a2", { name: "Edit", target: "/cart.ts", added: 12, removed: 4 }),
          step("a3", { name: "Bash", durationMs: 6000, ...failed }),
          step("a4", { name: "Bash", durationMs: 5000 }),
        ],
        { startedAt: 0, endedAt: 300_000, costUsd: 0.9 },
      ),
      prompt("p2", "Commit it", [step("a5", { name: "Bash", durationMs: 900 })], {
        ...{ startedAt: 400_000, endedAt: 420_000, costUsd: 0.34 },
      }),
    ],
    {
      ...{ id: "s1", title: "Fix the <b>total</b>", costUsd: 1.24, tokens, linesAdded: 12, linesRemoved: 4 },
      files: [{ path: "/cart.ts", added: 12, removed: 4, status: "changed" }],
      commits: [{ sha: "1", stepId: "a5", at: 0 }],
    },
  );
  const second = session(
    [
      prompt(
        "q1",
        "Fix the total of the cart, and run its tests",
        [
          step("b1", { name: "Read", target: "/cart.ts" }),
          step("b2", { name: "Edit", target: "/cart.ts", added: 3, removed: 1 }),
          step("b3", { name: "Bash", durationMs: 5000 }),
        ],
        { startedAt: 0, endedAt: 120_000, costUsd: 0.31 },
      ),
    ],
    {
      ...{ id: "s2", title: "Fix the total, again", costUsd: 0.31, linesAdded: 3, linesRemoved: 1 },
      ...{ models: ["claude-sonnet-4-6"], clientVersion: "2.1.330" },
      tokens: { ...tokens, cacheRead: 40_000, output: 2000 },
      files: [{ path: "/cart.ts", added: 3, removed: 1, status: "changed" }],
    },
  );
  return [sideOf(first) as Side, sideOf(second) as Side];
}
