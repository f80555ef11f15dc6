import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, expect, test, vi } from "vitest";
import type { Call, Session, ToWebview } from "../../../extension/protocol.ts";

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

const session: Session = {
  id: "s",
  title: "Fix the <b>total</b>",
  project: "/home/sam/dev/shop",
  transcript: "/t.jsonl",
  startedAt: 0,
  endedAt: 12 * 60_000,
  prompts: 1,
  steps: 2,
  failures: 1,
  chapters: [
    {
      id: "u1",
      text: "The total is wrong.\nFix it.",
      at: 1000,
      steps: [
        { id: "t1", tool: "Read", label: "total.ts", at: 61_000, failed: false },
        { id: "t2", tool: "Bash", label: "<img src=x onerror=alert(1)>", at: 62_000, failed: true },
      ],
    },
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
  answers.session = () => ({ ok: { ...session, prompts: 2 } });
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
