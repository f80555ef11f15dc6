import { expect, test } from "vitest";
import { pieces, terminalLines } from "../../../webview/lib/terminal.ts";

const ESC = String.fromCharCode(27);
const BELL = String.fromCharCode(7);

test.each([
  ["lines", "a\r\nb\n", ["a", "b"]],
  ["a line that was written over", "10 %\r50 %\r100 %\ndone", ["100 %", "done"]],
  ["a cursor that moves", `${ESC}[2K${ESC}[1Ga${ESC}[?25l`, ["a"]],
  ["titles and links", `${ESC}]0;title${BELL}${ESC}]8;;https://a${ESC}\\text${ESC}]8;;${ESC}\\`, ["text"]],
])("%s", (_, output, lines) => expect(terminalLines(output)).toEqual(lines));

test("colours become classes, and orders that are none are shown", () => {
  expect(pieces(`${ESC}[1;31mfailed${ESC}[0m in 3 s${BELL}`)).toEqual([
    { text: "failed", colours: "ansi-red ansi-bold" },
    { text: " in 3 s␇", colours: "" },
  ]);
});

test("a line without end is cut", () => {
  const [only] = pieces("x".repeat(5_000_000));
  expect(only?.text.length).toBeLessThan(2100);
  expect(only?.text).toMatch(/4,998,000 more characters$/);
});
