import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { dayAt } from "../../../extension/base/usual.ts";
import type { BilledSession, BillFilter, BillWanted, BreakdownWanted } from "../../../extension/bill.ts";
import type { BillHost, Call } from "../../../extension/pages.ts";
import { inventedBill } from "../bill.ts";

const today = dayAt(Date.now());
let answers: Partial<BillHost> = {};
let called: Call[] = [];
let kept: object = {};

/** The extension's side: answers each call with what the test laid ready. */
async function receive(message: Call): Promise<void> {
  called.push(message);
  const method = answers[message.method as keyof BillHost] as ((...args: unknown[]) => unknown) | undefined;
  const reply = await Promise.resolve(method?.(...message.args)).then(
    ok => ({ ok }),
    (error: Error) => ({ err: error.message }),
  );
  window.dispatchEvent(new MessageEvent("message", { data: { call: message.call, ...reply } }));
}
vi.stubGlobal("acquireVsCodeApi", () => ({
  postMessage: receive,
  getState: () => kept,
  setState: (state: object) => {
    kept = state;
  },
}));
const { BillPage } = await import("../../../webview/pages/bill.tsx");

beforeEach(() => {
  [answers, called, kept] = [inventedBill(today), [], {}];
});
afterEach(cleanup);

const asked = (method: string) => called.filter(call => call.method === method);
const lastFilter = () => asked("bill").at(-1)?.args[0] as BillFilter;
const table = (name: string) => screen.findByRole("table", { name });
const cells = (row: Element) => [...row.children].map(cell => cell.textContent);

test("shows the figures, the days, and sessions with the dearest first", async () => {
  render(<BillPage />);
  const rows = within(await table("Sessions")).getAllByRole("row");
  expect(cells(rows[1] as Element)).toEqual([
    ...["Port the importer to streams", "$21.30 +", "6.2 M", "92 %", "+812 −340", "6", "2 h 14 min"],
  ]);
  const glance = screen.getByRole("region", { name: "At a glance" });
  expect(within(glance).getByText("$12.40")).toBeTruthy();
  expect(within(glance).getByText("$8.12")).toBeTruthy();
  expect(screen.getByRole("button", { name: /29\.80/ })).toBeTruthy();
  expect(screen.getByText("+$14.20 over usual")).toBeTruthy();
});

test("what a session is called stays text", async () => {
  const { container } = render(<BillPage />);
  await screen.findByText("Look into <b>ticket 310</b>");
  expect(container.querySelectorAll(".sessions td b")).toHaveLength(0);
});

test("a day, a part of it and a row narrow all the rest, and a chip widens it again", async () => {
  render(<BillPage />);
  fireEvent.click(await screen.findByRole("button", { name: /29\.80/ }));
  await waitFor(() => expect(lastFilter().from).toBe(lastFilter().to));
  const day = lastFilter().from;
  fireEvent.click(screen.getByTitle("Show only sonnet 4.6"));
  await waitFor(() => expect(lastFilter()).toMatchObject({ from: day, model: "claude-sonnet-4-6" }));
  fireEvent.click(within(await table("By project")).getByText("importer"));
  await waitFor(() => expect(lastFilter().project).toBe("/home/sam/dev/importer"));
  fireEvent.click(screen.getByTitle("Show not only sonnet 4.6"));
  await waitFor(() => expect(lastFilter().model).toBeUndefined());
  // The chart goes on showing the other days.
  const charted = asked("breakdown")
    .map(call => call.args[0] as BreakdownWanted)
    .findLast(({ stack }) => stack);
  expect(charted?.from).not.toBe(charted?.to);
});

test.each([
  ["Branch", "By branch", "streams", "branch"],
  ["Skill", "By skill", "no skill", "skill"],
  ["Tool", "By tool", "github: create issue", "tool"],
  ["MCP server", "By MCP server", "github", "server"],
] as const)("a row of those by %s narrows all the rest, too", async (group, title, row, name) => {
  render(<BillPage />);
  fireEvent.click(await screen.findByRole("button", { name: group }));
  fireEvent.click(within(await table(title)).getByText(row));
  await waitFor(() => expect(lastFilter()[name]).toBeDefined());
  expect(asked("findings").at(-1)?.args[0]).toHaveProperty(name);
  fireEvent.click(screen.getByTitle(`Show not only ${row}`));
  await waitFor(() => expect(lastFilter()[name]).toBeUndefined());
});

test("the dearest sessions come first, and the others when there are more", async () => {
  const [one] = await inventedBill(today).bill({});
  answers.bill = async ({ limit = 250 }) =>
    Array.from({ length: limit }, (_, i) => ({
      ...one,
      session: { ...one?.session, id: `s${i}` },
    })) as BilledSession[];
  render(<BillPage />);
  await table("Sessions");
  fireEvent.click(await screen.findByText("Show all 250"));
  expect(asked("bill").map(call => (call.args[0] as BillWanted).limit)).toEqual([100, undefined]);
});

test("all sessions are asked for, or those of the workspace", async () => {
  render(<BillPage />);
  await table("Sessions");
  expect(lastFilter().within).toBeUndefined();
  fireEvent.click(screen.getByRole("button", { name: "This workspace" }));
  await waitFor(() => expect(lastFilter().within).toBe("/home/sam/dev/shop"));
});

test("tables sort, are copied, and saved", async () => {
  render(<BillPage />);
  const sessions = await table("Sessions");
  fireEvent.click(within(sessions).getByRole("button", { name: "Commits" }));
  fireEvent.click(within(sessions).getByRole("button", { name: /Commits/ }));
  const header = within(sessions).getByRole("columnheader", { name: /Commits/ });
  expect(header.getAttribute("aria-sort")).toBe("ascending");
  expect(cells(within(sessions).getAllByRole("row")[1] as Element)[0]).toBe("Why is the build slow on CI");
  fireEvent.click(screen.getByRole("button", { name: "Copy Sessions" }));
  expect(String(asked("copy")[0]?.args[0]).split("\n")).toHaveLength(17);
  fireEvent.click(screen.getByTitle("Save Sessions as CSV"));
  expect(asked("save")[0]?.args[0]).toBe("sessions.csv");
});

test("an amount says how it came about, and a request where it stands", async () => {
  render(<BillPage />);
  fireEvent.click(await screen.findByRole("button", { name: "$21.30" }));
  const requests = await table("Requests");
  expect(asked("derivation")[0]?.args).toEqual([{ session: "s0" }]);
  expect(requests.querySelectorAll("s")).toHaveLength(1);
  expect(screen.getByText("what Claude Code itself said when it ended")).toBeTruthy();
  const second = within(requests).getAllByRole("row")[2] as Element;
  fireEvent.click(within(second as HTMLElement).getAllByRole("button")[0] as Element);
  expect(asked("openLine")[0]?.args).toEqual(["/home/sam/.claude/projects/shop/s0.jsonl", 1200]);
  fireEvent.keyDown(document, { key: "Escape" });
  expect(await table("Sessions")).toBeTruthy();
});

test("the amount of a prompt is derived, too", async () => {
  kept = { explained: { session: "s0" } };
  render(<BillPage />);
  fireEvent.click(within(await table("Prompts")).getByRole("button", { name: "$14.10" }));
  await waitFor(() => expect(asked("derivation").at(-1)?.args).toEqual([{ session: "s0", prompt: "p1" }]));
  await waitFor(() => expect(screen.queryByRole("table", { name: "Prompts" })).toBeNull());
});

test("a finding says what to do, leads to where it was seen, and can be dismissed", async () => {
  render(<BillPage />);
  const findings = await screen.findByRole("region", { name: "Findings" });
  await within(findings).findByText("1 new · 1 better · 1 solved");
  fireEvent.click(within(findings).getAllByText("How to fix")[1] as Element);
  fireEvent.click(within(findings).getByText("Port the importer to streams"));
  expect(asked("openReplay")[0]?.args).toEqual(["s0", "t7"]);
  const { circumstances } = inventedBill(today);
  answers.circumstances = async () => ({ ...(await circumstances()), dismissed: ["expired "] });
  fireEvent.click(within(findings).getAllByLabelText("Dismiss this finding")[0] as Element);
  expect(await within(findings).findByText("1 better · 1 solved")).toBeTruthy();
  expect(asked("dismiss")[0]?.args).toEqual(["expired "]);
});

test("it is as it was left after a reload", async () => {
  kept = { range: "7", stack: "project", explained: null, only: { model: "claude-opus-4-8" } };
  render(<BillPage />);
  await table("Sessions");
  expect(screen.getByRole("button", { name: "7 days" }).getAttribute("aria-pressed")).toBe("true");
  expect(lastFilter().model).toBe("claude-opus-4-8");
  fireEvent.click(screen.getByRole("button", { name: "Today" }));
  expect(kept).toMatchObject({ range: "today", stack: "project" });
});

test("with a subscription it is the API's value", async () => {
  const { circumstances } = inventedBill(today);
  answers.circumstances = async () => ({ ...(await circumstances()), billing: "subscription" });
  render(<BillPage />);
  expect(await screen.findByText("Daily API value")).toBeTruthy();
});

test("where nothing was done it says what to try", async () => {
  const { breakdown } = inventedBill(today);
  answers.breakdown = wanted => breakdown({ ...wanted, from: "9" });
  answers.bill = async () => [];
  render(<BillPage />);
  fireEvent.click(await screen.findByRole("button", { name: "This workspace" }));
  fireEvent.click(await screen.findByText("Show All Projects"));
  await waitFor(() => expect(lastFilter().within).toBeUndefined());
  expect(await screen.findByText("Claude Code was not at work in these days.")).toBeTruthy();
});

test("says why there is nothing, and tries again when asked to", async () => {
  const { circumstances } = answers;
  answers.circumstances = () => Promise.reject(new Error("The recorder is gone."));
  render(<BillPage />);
  expect((await screen.findByRole("alert")).textContent).toBe("The recorder is gone.");
  answers.circumstances = circumstances as BillHost["circumstances"];
  fireEvent.click(screen.getByText("Try Again"));
  expect(await table("Sessions")).toBeTruthy();
});

test("what was told of says whether it is still so and arrived, and leads to its session", async () => {
  render(<BillPage />);
  const alerts = within(await screen.findByRole("region", { name: "Alerts" }));
  const [first, second] = alerts.getAllByRole("listitem").map(item => item.textContent);
  expect(first).toContain("This month's budget: Claude Code has used $248.20 of $300.00 (83 %). still so");
  expect(second).toContain("It could not be sent by webhook. hooks.example.org answered 503.");
  fireEvent.click(alerts.getByRole("button", { name: "Show session" }));
  expect(asked("openReplay").map(({ args }) => args)).toEqual([["s3", null]]);
});

test("who wants to be told of nothing is not shown an empty list", async () => {
  answers = { ...answers, alerts: async () => [] };
  render(<BillPage />);
  await screen.findByRole("region", { name: "Findings" });
  expect(screen.queryByRole("region", { name: "Alerts" })).toBeNull();
});
