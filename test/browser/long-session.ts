import type { ModelRequest, Session, Step, StepContent } from "../../extension/protocol.ts";
import { prompt, session, step } from "../webview/session.ts";

const SECOND = 1000;
const KINDS: Partial<Step>[] = [
  { name: "Read", target: "/home/sam/dev/shop/src/cart.ts" },
  { name: "Grep", target: "total" },
  { name: "Edit", target: "/home/sam/dev/shop/src/cart.ts", added: 3, removed: 2 },
  { name: "Bash", target: "npm test -- cart" },
  { name: null, kind: "response", target: "The total now counts the tax once." },
  { name: "Bash", target: "npm run build", status: "failed", failure: { type: "tool", code: "exit_code" } },
];

/** A session of so many steps of all the usual kinds, a prompt to each hundred. */
export function longSession(steps: number): Session {
  const all = Array.from({ length: steps }, (_, i) =>
    step(`t${i}`, {
      ...KINDS[i % KINDS.length],
      ...{ startedAt: i * 5 * SECOND, durationMs: 2 * SECOND, requestId: `r${i}`, costUsd: 0.01 },
    }),
  );
  const requests = all.map(({ id, startedAt }, i): ModelRequest => {
    const tokens = { input: 10, output: 300, cacheRead: (i % 900) * 200, cacheWrite5m: 400, cacheWrite1h: 0 };
    return {
      ...{ id: `r${id.slice(1)}`, at: startedAt, agentId: null, model: "claude-opus-5-5", durationMs: null },
      tokens,
      costUsd: 0.01,
    };
  });
  const prompts = Array.from({ length: Math.ceil(steps / 100) }, (_, i) => {
    const own = all.slice(i * 100, i * 100 + 100);
    const at = own[0]?.startedAt ?? 0;
    return prompt(`u${i}`, `Prompt ${i}: make the total right`, own, {
      startedAt: at,
      endedAt: at + 500 * SECOND,
    });
  });
  return session(prompts, { requests, endedAt: steps * 5 * SECOND, toolCalls: steps });
}

const PATCH = {
  filePath: "/home/sam/dev/shop/src/cart.ts",
  structuredPatch: [
    {
      ...{ oldStart: 10, newStart: 10 },
      lines: [
        " export function total(cart: Cart) {",
        "-  const tax = rate(cart)",
        "-  return sum(cart) + tax + tax",
        "+  const tax = rate(cart.country)",
        "+  if (!tax) return sum(cart)",
        "+  return sum(cart) + tax",
        " }",
      ],
    },
  ],
};

/** What was said in its steps. */
export function longContent(): StepContent {
  return {
    input: JSON.stringify({ command: "npm test -- cart", file_path: PATCH.filePath }),
    result: `Exit code 1\n${"\u001b[31m✗\u001b[39m counts the tax once\n".repeat(12)}`,
    details: JSON.stringify(PATCH),
    ...{ from: "transcript", cut: false },
  };
}
