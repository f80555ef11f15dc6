import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/preact";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Call, Side } from "../../../extension/pages.ts";
import { inventedSides } from "../compared.ts";

let sides: [Side, Side] | Error;
let called: Call[] = [];
let kept: object = {};

const PAIR = [{ session: "s1" }, { session: "s2" }];

/** The extension's side. */
async function receive(message: Call): Promise<void> {
  called.push(message);
  const { call, method } = message;
  const failed = method === "sides" && sides instanceof Error;
  const reply = failed
    ? { call, err: (sides as Error).message }
    : { call, ok: method === "sides" ? sides : method === "pair" ? PAIR : undefined };
  await Promise.resolve();
  window.dispatchEvent(new MessageEvent("message", { data: reply }));
}
vi.stubGlobal("acquireVsCodeApi", () => ({
  postMessage: receive,
  getState: () => kept,
  setState: (state: object) => {
    kept = state;
  },
}));
const { ComparePage } = await import("../../../webview/pages/compare.tsx");

beforeEach(() => {
  [sides, called, kept] = [inventedSides(), [], {}];
});
afterEach(cleanup);

const table = (name: string) => screen.findByRole("table", { name });
const row = async (name: string, of = "What they came to") =>
  within(await table(of))
    .getByRole("rowheader", { name })
    .closest("tr") as HTMLElement;
const texts = (cells: HTMLElement[]) => cells.map(cell => cell.textContent);

test("shows both beside each other, with the difference in words", async () => {
  render(<ComparePage />);
  const heads = within(await table("What they came to")).getAllByRole("columnheader");
  expect(heads.map(head => head.querySelector(".door")?.textContent ?? head.textContent)).toEqual([
    ...["Fix the <b>total</b>", "Fix the total, again", "In the second"],
  ]);
  const cost = within(await row("Cost")).getAllByRole("cell");
  expect(texts(cost)).toEqual(["$1.24", "$0.31", "$0.93 less, 75 %"]);
  expect(texts(within(await row("Read", "Tools")).getAllByRole("cell"))).toEqual(["0", "1", "1 more"]);
  expect(texts(within(await row("2", "Prompts")).getAllByRole("cell"))).toEqual(["Commit it$0.34", "–"]);
});

test("says which is plainly better in a word, too, and only there", async () => {
  render(<ComparePage />);
  await table("What they came to");
  const marked = screen.getAllByRole("img", { name: "better" }).map(mark => mark.closest("tr"));
  expect(marked.map(row => row?.querySelector("th")?.textContent)).toEqual(["Cost", "At work", "Errors"]);
});

test("a number opens the replay where it counts", async () => {
  render(<ComparePage />);
  fireEvent.click(within(await row("Errors")).getByRole("button", { name: "2" }));
  fireEvent.click(within(await row("Cost")).getByRole("button", { name: "$0.31" }));
  fireEvent.click(within(await row("2", "Prompts")).getByRole("button"));
  const opened = called.filter(({ method }) => method === "openReplay").map(({ args }) => args);
  expect(opened).toEqual([
    ["s1", "a1"],
    ["s2", null],
    ["s1", "p2"],
  ]);
  expect(within(await row("Errors")).queryByRole("button", { name: "0" })).toBeNull();
});

test("asks again when a session changed, and remembers which two it shows", async () => {
  render(<ComparePage />);
  await table("What they came to");
  const [first, second] = inventedSides();
  sides = [first, { ...second, costUsd: 0.62 }];
  window.dispatchEvent(new MessageEvent("message", { data: { hint: "changed" } }));
  await waitFor(async () => expect((await row("Cost")).textContent).toContain("$0.62"));
  expect(kept).toEqual({ pair: PAIR });
});

test("says why there is nothing to compare, and tries again", async () => {
  sides = new Error("This session is not there any more.");
  render(<ComparePage />);
  expect((await screen.findByRole("alert")).textContent).toBe("This session is not there any more.");
  sides = inventedSides();
  fireEvent.click(screen.getByText("Try Again"));
  await table("What they came to");
});
