import { cleanup, fireEvent, render, screen } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { growthOf } from "../../../extension/base/growth.ts";
import type { Call, ToWebview } from "../../../extension/pages.ts";
import type { Session } from "../../../extension/protocol.ts";
import { prompt, session, step } from "../session.ts";

let answers: Record<string, (...args: unknown[]) => Omit<ToWebview, "call">> = {};
let called: Call[] = [];
let kept: object = {};

/** The extension's side: answers each call with what the test laid ready. */
function receive(message: Call): void {
  called.push(message);
  const { call, method, args } = message;
  const answer = answers[method]?.(...args);
  if (answer)
    queueMicrotask(() => window.dispatchEvent(new MessageEvent("message", { data: { call, ...answer } })));
}
vi.stubGlobal("acquireVsCodeApi", () => ({
  postMessage: receive,
  getState: () => kept,
  setState: (state: object) => {
    kept = state;
  },
}));
const { ReplayPage } = await import("../../../webview/pages/replay.tsx");

const failed = { status: "failed", failure: { type: "tool", code: "exit_code" } } as const;
const whole = session([
  prompt("u1", "The total is wrong.\nFix it.", [
    step("t1", { name: "Read", target: "/home/sam/dev/shop/total.ts" }),
    step("r1", { kind: "response", name: null, target: "It adds `tax` twice." }),
    step("t2", { target: "<img src=x onerror=alert(1)>", startedAt: 62_000, ...failed }),
  ]),
]);
const ok = (session: Session) => () => ({ ok: growthOf(undefined, session, 1) });

beforeEach(() => {
  [called, kept] = [[], {}];
  answers = { session: ok(whole), sessionId: () => ({ ok: "s" }), wanted: () => ({ ok: null }) };
});
afterEach(cleanup);

const rows = () => [...document.querySelectorAll(".row .what")].map(row => row.textContent);

test("shows the session, its prompts as chapters and its steps in a line each", async () => {
  render(<ReplayPage />);
  expect((await screen.findByRole("heading", { level: 1 })).textContent).toBe("Fix the <b>total</b>");
  expect(screen.getByRole("region", { name: "Prompt 1" }).textContent).toContain(
    "The total is wrong.\nFix it.",
  );
  expect(rows()).toEqual(["Read total.ts", "It adds tax twice.", "<img src=x onerror=alert(1)> failed"]);
});

test("what a transcript says stays text, never markup", async () => {
  const { container } = render(<ReplayPage />);
  await screen.findByRole("heading", { level: 1 });
  expect(container.querySelectorAll("img, h1 b, script")).toHaveLength(0);
});

test("what failed is open, and what it said is asked for; what went well is when it is opened", async () => {
  answers.content = () => ({ ok: { result: "Exit code 3\nno such total", from: "transcript", cut: false } });
  render(<ReplayPage />);
  expect(await screen.findByText("exit 3")).toBeTruthy();
  const asked = () => called.filter(call => call.method === "content").map(call => call.args);
  expect(asked()).toEqual([["t2"]]);
  fireEvent.click(screen.getByText("total.ts"));
  await vi.waitFor(() => expect(asked()).toEqual([["t2"], ["t1"]]));
});

test.each([
  ["echo-1", "/t.jsonl", /no longer in the transcript/],
  ["echo-2", "", /agentTrace\.privacyTier lets arguments be kept/],
])("%s, a step without words where the transcript is %j, says why", async (id, transcript, why) => {
  const server = {
    ...session([prompt("", "(without a prompt)", [step(id, { name: "echo", target: "hi" })])]),
    transcript,
  };
  answers.session = ok(server);
  answers.content = () => ({ ok: { from: "nowhere", cut: false } });
  render(<ReplayPage />);
  fireEvent.click(await screen.findByText("hi"));
  await screen.findByText(why);
  expect(screen.getByRole("region", { name: "Prompt 1" }).textContent).not.toContain("You");
});

test("asks only for what is new when the session changed", async () => {
  render(<ReplayPage />);
  await screen.findByText("It adds");
  const more = { ...whole, prompts: [...whole.prompts, prompt("u2", "And now?", [])] };
  answers.session = () => ({ ok: growthOf(whole, more, 2) });
  window.dispatchEvent(new MessageEvent("message", { data: { hint: "changed" } }));
  expect(await screen.findByRole("region", { name: "Prompt 2" })).toBeTruthy();
  expect(called.filter(call => call.method === "session").map(call => call.args)).toEqual([[undefined], [1]]);
});

test("says why there is nothing, and tries again when asked to", async () => {
  answers.session = () => ({ err: "This session is not known." });
  render(<ReplayPage />);
  expect((await screen.findByRole("alert")).textContent).toBe("This session is not known.");
  answers.session = ok(whole);
  fireEvent.click(screen.getByText("Try Again"));
  expect(await screen.findByRole("heading", { level: 1 })).toBeTruthy();
});

test("waits with a progress ring, named for those who don't see it", () => {
  answers = {};
  render(<ReplayPage />);
  expect(screen.getByRole("progressbar").getAttribute("aria-label")).toBe("Reading the session");
});

test("a chip leaves only its steps, below their prompt", async () => {
  render(<ReplayPage />);
  fireEvent.click(await screen.findByRole("button", { name: "Errors 1" }));
  await vi.waitFor(() => expect(rows()).toEqual(["<img src=x onerror=alert(1)> failed"]));
  expect(screen.getByRole("region", { name: "Prompt 1" })).toBeTruthy();
});

test("keys go through the steps, and where they led is remembered", async () => {
  render(<ReplayPage />);
  await screen.findByText("It adds");
  for (const key of ["j", "e"]) fireEvent.keyDown(document.body, { key });
  await vi.waitFor(() => expect(document.querySelector(".row.current")?.textContent).toContain("failed"));
  expect(kept).toMatchObject({ session: "s", current: "t2" });
});

test("opens at the very step that is wanted, wherever it is folded away", async () => {
  const read = (id: string, more = {}) => step(id, { name: "Read", target: `/p/${id}.ts`, ...more });
  const subagents = [{ id: "x", type: "Explore", parentStepId: "c", toolCalls: 2, costUsd: 0 }];
  const call = step("c", { name: "Agent", target: "look around" });
  const inside = ["a", "b"].map(id => read(id, { agentId: "x" }));
  answers.session = ok(session([prompt("u1", "Fix", [call, ...inside])], { subagents }));
  answers.wanted = () => ({ ok: "b" });
  kept = { filter: { chosen: "commands", text: "" } };
  render(<ReplayPage />);
  await vi.waitFor(() => expect(document.querySelector(".row.current")?.textContent ?? "").toContain("b.ts"));
});

test("tells about what filled the context, by the end and by the step that is looked at", async () => {
  const usage = (cacheRead: number) => ({
    input: 0,
    output: 100,
    cacheRead,
    cacheWrite5m: 0,
    cacheWrite1h: 0,
  });
  const requests = [20_000, 20_900].map((tokens, i) => {
    const request = { id: `r${i}`, at: 2000 + i, agentId: null, model: "m", durationMs: null };
    return { ...request, tokens: usage(tokens), costUsd: 0 };
  });
  const made = (id: string, requestId: string, startedAt: number) =>
    step(id, { name: "Read", target: "/p/a.ts", requestId, startedAt, toldBytes: 3000, saidBytes: 100 });
  const steps = [made("t0", "r0", 2000), made("t1", "r1", 2001)];
  answers.session = ok(session([prompt("u1", "Fix", steps)], { requests }));
  kept = { opened: { "run:t0": true } };
  render(<ReplayPage />);
  const rowsOf = (table: HTMLElement) => [...table.querySelectorAll("tr")].map(row => row.textContent);
  const end = await screen.findByRole("table", { name: "About what filled it by the end" });
  expect(rowsOf(end)).toEqual([
    "Files read8004 %",
    "Answers and calls100< 1 %",
    "Prompts1< 1 %",
    "As it began20 k96 %",
  ]);
  for (const key of ["j", "j"]) fireEvent.keyDown(document.body, { key });
  const here = await screen.findByRole("table", { name: "About what filled it by this step" });
  expect(rowsOf(here)).toEqual(["Prompts1< 1 %", "As it began20 k100 %"]);
});

/** The page follows the editor, and has asked what that shows. */
async function followed(): Promise<void> {
  kept = { follows: true };
  answers.openFile = () => ({ ok: null });
  render(<ReplayPage />);
  await vi.waitFor(() => expect(called.some(call => call.method === "openFile")).toBe(true));
}

/** The user went to a file, and maybe to a line that a step wrote. */
function goTo(path: string, changedBy: string[] = [], wroteLine: string | null = null): void {
  answers.openFile = () => ({ ok: { path, changedBy, wroteLine } });
  window.dispatchEvent(new MessageEvent("message", { data: { hint: "moved" } }));
}
const current = () => document.querySelector(".row.current .what")?.textContent;

test("while the editor is followed, what touched the file in it is marked, and may be shown alone", async () => {
  await followed();
  goTo("/home/sam/dev/shop/total.ts", ["t2"]);
  const chip = await screen.findByRole("button", { name: "total.ts 2" });
  expect(document.querySelectorAll(".row .touched")).toHaveLength(2);
  fireEvent.click(chip);
  await vi.waitFor(() => expect(rows()).toHaveLength(2));
  goTo("/home/sam/dev/shop/other.ts");
  await vi.waitFor(() => expect(screen.queryByRole("button", { name: "total.ts 2" })).toBeNull());
});

test("a line in the editor leads to the step that wrote it, which is not shown there in turn", async () => {
  await followed();
  goTo("/home/sam/dev/shop/total.ts", ["t2"], "t2");
  await vi.waitFor(() => expect(current()).toContain("failed"));
  expect(kept).toMatchObject({ current: "t2" });
  expect(called.some(call => call.method === "showDiff")).toBe(false);
});

test("nobody asks what the editor shows unless it is followed", async () => {
  render(<ReplayPage />);
  await screen.findByText("It adds");
  goTo("/home/sam/dev/shop/total.ts", ["t2"], "t2");
  fireEvent.click(screen.getByRole("button", { name: "Follow in editor" }));
  await screen.findByRole("button", { name: "total.ts 2" });
  expect(called.filter(call => call.method === "openFile")).toHaveLength(1);
});

const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const pictured = (base64: string) => ({
  ok: { text: "", pictures: [{ type: "image/png", base64 }], from: "transcript", cut: false },
});

test("what was pasted into a prompt is shown, a large picture when it is asked for", async () => {
  answers.session = ok(session([prompt("u1", "What is this?\n[image]", [], { pictures: 1 })]));
  answers.content = () => pictured(PIXEL);
  const { unmount } = render(<ReplayPage />);
  const picture = await screen.findByRole("img", { name: "Picture in prompt 1" });
  expect(picture.getAttribute("src")).toBe(`data:image/png;base64,${PIXEL}`);
  expect(screen.getByRole("region", { name: "Prompt 1" }).textContent).not.toContain("[image]");
  unmount();

  answers.session = ok(session([prompt("u2", "And this?", [], { pictures: 1 })]));
  answers.content = () => pictured("A".repeat(2_000_000));
  render(<ReplayPage />);
  fireEvent.click(await screen.findByText("Show the picture, 1.5 MB"));
  expect(await screen.findByRole("img", { name: "Picture in prompt 1" })).toBeTruthy();
});

test("so is what a tool answered with", async () => {
  const shot = step("shot", { name: "mcp__browser__shot" });
  answers.session = ok(session([prompt("u1", "Look", [shot])]));
  answers.content = () => ({ ok: { ...pictured(PIXEL).ok, input: "{}", result: "[image]" } });
  kept = { opened: { shot: true } };
  render(<ReplayPage />);
  expect(await screen.findByRole("img", { name: /^Picture that mcp__browser__shot showed/ })).toBeTruthy();
  expect(screen.queryByText(/\[image\]|printed nothing/)).toBeNull();
});

test("a long file is drawn piece by piece, so that nobody waits for all of it", async () => {
  const text = Array.from({ length: 1000 }, (_, i) => `line ${i}`).join("\n");
  answers.session = ok(
    session([prompt("u1", "Read it", [step("long", { name: "Read", target: "/p/a.txt" })])]),
  );
  answers.content = () => ({ ok: { input: "{}", result: text, from: "transcript", cut: false } });
  kept = { opened: { long: true } };
  render(<ReplayPage />);
  fireEvent.click(await screen.findByText("Show all 1,000 lines"));
  const drawn = () => document.querySelectorAll(".code .line").length;
  expect(drawn()).toBeLessThan(300);
  await vi.waitFor(() => expect(drawn()).toBe(1000), 10_000);
  expect(document.querySelector(".code .line:last-child .number")?.textContent).toBe("1000");
});
