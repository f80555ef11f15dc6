import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import type { Call, Prompt, Session, Step, ToWebview } from "../../../extension/protocol.ts";

let answers: Record<string, () => Omit<ToWebview, "call">> = {};
const called: string[] = [];

/** The extension's side: answers each call with what the test laid ready. */
function receive({ call, method }: Call): void {
  called.push(method);
  const answer = answers[method]?.();
  if (answer)
    queueMicrotask(() => window.dispatchEvent(new MessageEvent("message", { data: { call, ...answer } })));
}
vi.stubGlobal("acquireVsCodeApi", () => ({ postMessage: receive, setState: () => {} }));
const { ReplayPage } = await import("../../../webview/pages/replay.tsx");

const spent = {
  costUsd: 0.5,
  tokens: { input: 1, output: 2, cacheRead: 3, cacheWrite5m: 4, cacheWrite1h: 5 },
};
const step = (more: Partial<Step>): Step => ({
  ...{ id: "t", kind: "tool", name: null, target: null, status: "ok", failure: null, startedAt: 61_000 },
  ...{ durationMs: null, added: 0, removed: 0, agentId: null, requestId: null, costUsd: 0 },
  ...more,
});
const prompt = (id: string, text: string, steps: Step[]): Prompt => ({
  ...{ id, text, startedAt: 1000, endedAt: 62_000, steps },
  ...spent,
});
const session: Session = {
  id: "s",
  title: "Fix the <b>total</b>",
  project: "/home/sam/dev/shop",
  transcript: "/t.jsonl",
  startedAt: 0,
  endedAt: 12 * 60_000,
  ...{
    branch: "main",
    models: ["opus"],
    clientVersion: "2.1.329",
    status: "done",
    statusSince: 0,
    asks: null,
    parentId: null,
  },
  ...{ toolCalls: 2, errors: 1, edits: 0, linesAdded: 0, linesRemoved: 0 },
  ...{ unattributedUsd: 0, unpricedModels: [], subagents: [], files: [], commits: [] },
  ...spent,
  prompts: [
    prompt("u1", "The total is wrong.\nFix it.", [
      step({ id: "t1", name: "Read", target: "/home/sam/dev/shop/total.ts" }),
      step({ id: "r1", kind: "response" }),
      step({
        ...{ id: "t2", name: "Bash", target: "<img src=x onerror=alert(1)>", startedAt: 62_000 },
        ...{ status: "failed", failure: { type: "tool", code: "exit_code" } },
      }),
    ]),
  ],
};

afterEach(cleanup);

test("shows the session, its prompts as chapters and its steps in a line each", async () => {
  answers = { session: () => ({ ok: session }), sessionId: () => ({ ok: "s" }) };
  render(<ReplayPage />);
  expect((await screen.findByRole("heading", { level: 1 })).textContent).toBe("Fix the <b>total</b>");
  const chapter = screen.getByRole("region", { name: "Prompt 1" });
  expect([...chapter.querySelectorAll(".step")].map(step => step.textContent)).toEqual([
    "1:01total.tsRead",
    "1:02<img src=x onerror=alert(1)>Bash failed",
  ]);
  expect(screen.getByText("12 min")).toBeTruthy();
  expect(screen.getByText("1 failed")).toBeTruthy();
});

test("what a transcript says stays text, never markup", async () => {
  answers = { session: () => ({ ok: session }), sessionId: () => ({ ok: "s" }) };
  const { container } = render(<ReplayPage />);
  await screen.findByRole("heading", { level: 1 });
  expect(container.querySelectorAll("img, h1 b, script")).toHaveLength(0);
});

test("asks again when the session changed", async () => {
  answers = { session: () => ({ ok: session }), sessionId: () => ({ ok: "s" }) };
  render(<ReplayPage />);
  await screen.findByText("1 prompt");
  answers.session = () => ({
    ok: { ...session, prompts: [...session.prompts, prompt("u2", "And now?", [])] },
  });
  window.dispatchEvent(new MessageEvent("message", { data: { hint: "changed" } }));
  expect(await screen.findByText("2 prompts")).toBeTruthy();
});

test("says why there is nothing, and tries again when asked to", async () => {
  answers = { session: () => ({ err: "This session is not known." }), sessionId: () => ({ ok: "s" }) };
  render(<ReplayPage />);
  expect((await screen.findByRole("alert")).textContent).toBe("This session is not known.");
  answers.session = () => ({ ok: session });
  fireEvent.click(screen.getByText("Try Again"));
  expect(await screen.findByText("12 min")).toBeTruthy();
});

test("waits with a progress ring, named for those who don't see it", () => {
  answers = {};
  render(<ReplayPage />);
  expect(screen.getByRole("progressbar").getAttribute("aria-label")).toBe("Reading the session");
});
