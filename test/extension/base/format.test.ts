import { afterEach, describe, expect, test } from "vitest";
import {
  baseName,
  brief,
  cents,
  clock,
  count,
  duration,
  harmless,
  inDollars,
  lines,
  moment,
  money,
  oneLine,
  percent,
  roundMoney,
  short,
  showMoneyIn,
  size,
  work,
} from "../../../extension/base/format.ts";

test.each([
  [0, "0 steps"],
  [1, "1 step"],
  [1234, "1,234 steps"],
])("count %i", (n, text) => expect(count(n, "step")).toBe(text));

test.each([
  [0, "$0.00"],
  [1.2379, "$1.24"],
  [1234.5, "$1,234.50"],
  [0.5, "$0.50"],
  [0.0312, "$0.031"],
  [0.00051, "$0.00051"],
  [0.0000001, "$0.00"],
])("money %d", (dollars, text) => expect(money(dollars)).toBe(text));

describe("in another currency", () => {
  afterEach(() => showMoneyIn());

  test.each([
    ["EUR", 0.5, 2.4758, "€1.24", "€1.24"],
    ["EUR", 0.5, 0.0624, "€0.031", "€0.03"],
    ["EUR", 0.5, 0.0051, "€0.0026", "<€0.01"],
    ["JPY", 150, 2, "¥300", "¥300"],
    ["JPY", 150, 0.02, "¥3", "¥3"],
    ["JPY", 150, 0.0012, "¥0.18", "<¥1"],
    ["CHF", 1, 1, "CHF\u00a01.00", "CHF\u00a01.00"],
  ])("%s at %d: %d dollars", (code, rate, dollars, exact, rounded) => {
    showMoneyIn({ code, rate });
    expect([money(dollars), cents(dollars)]).toEqual([exact, rounded]);
    expect(inDollars(1)).toBe("$1.00");
  });

  test("round amounts have no cents", () => {
    showMoneyIn({ code: "EUR", rate: 2 });
    expect([0, 15, 0.25].map(roundMoney)).toEqual(["€0", "€30", "€0.50"]);
  });

  test.each([{ code: "euro", rate: 1 }, { code: "EUR" }, { code: "EUR", rate: -1 }, { rate: 2 }])(
    "%j is none",
    wrong => {
      showMoneyIn(wrong);
      expect(money(1)).toBe("$1.00");
    },
  );
});

test.each([
  [0, "0 kB"],
  [1, "1 kB"],
  [812_000, "812 kB"],
  [12_400_000, "12.4 MB"],
  [2_500_000_000, "2.50 GB"],
])("size of %i bytes", (bytes, text) => expect(size(bytes)).toBe(text));

test.each([
  [0, 0, ""],
  [1200, 0, "+1,200"],
  [0, 3, "−3"],
  [12, 3, "+12 −3"],
])("lines %i, %i", (added, removed, text) => expect(lines(added, removed)).toBe(text));

test.each([
  [0, "0"],
  [999, "999"],
  [1100, "1.1 k"],
  [9949, "9.9 k"],
  [9950, "10 k"],
  [68_400, "68 k"],
  [999_499, "999 k"],
  [999_600, "1.0 M"],
  [1_240_000, "1.2 M"],
])("%i tokens in short", (n, text) => expect(short(n)).toBe(text));

test("in brief only what there is to say", () => {
  expect(brief("a", "", false, undefined, null, "b")).toBe("a · b");
});

test.each([
  ["an icon", "a $(bug) b", "a $\u200b(bug) b"],
  ["money is none", "$5 (bug)", "$5 (bug)"],
  ["an address", "see https://a.b", "see https:\u200b//a.b"],
  ["one without its beginning", "see WWW.a.b", "see WWW\u200b.a.b"],
  ["a link that runs a command", "[here](command:x)", "[here]\u200b(command:x)"],
  ["a mail address", "a@b.c", "a\u200b@b.c"],
  ["what turns the direction", "a\u202eb", "a b"],
  ["control characters", "a\u001b[31m\tb", "a [31m b"],
])("harmless: %s", (_, text, expected) => expect(harmless(text)).toBe(expected));

test("work is prompts and tool calls, and a clock has two digits", () => {
  expect(work({ prompts: 1, toolCalls: 21 })).toBe("1 prompt, 21 tool calls");
  expect(clock(new Date(2026, 10, 20, 9, 5).getTime())).toBe("09:05");
});

test.each([
  [0, "0.0 s"],
  [8_240, "8.2 s"],
  [58_000, "58 s"],
  [59_600, "1 min"],
  [60_000, "1 min"],
  [12 * 60_000, "12 min"],
  [59.6 * 60_000, "1 h 00 min"],
  [185 * 60_000, "3 h 05 min"],
])("duration of %d ms", (ms, text) => expect(duration(ms)).toBe(text));

describe("moment", () => {
  const now = new Date(2026, 10, 20, 16, 40).getTime();
  test.each([
    [new Date(2026, 10, 20, 9, 5), "09:05"],
    [new Date(2026, 10, 19, 23, 59), "yesterday 23:59"],
    [new Date(2026, 10, 12, 12, 0), "12 Nov"],
  ])("%s", (at, text) => expect(moment(at.getTime(), now)).toBe(text));
});

test.each([
  ["  one\ntwo", 120, "one"],
  ["abcdefgh", 5, "abcd…"],
  ["", 5, ""],
  ["abc😀de", 5, "abc…"],
])("oneLine of %j", (text, max, line) => expect(oneLine(text, max)).toBe(line));

test.each([
  [91, 100, "91 %"],
  [1, 1000, "< 1 %"],
  [0, 1000, "0 %"],
  [1, 0, "–"],
])("%d of %d is %s", (part, whole, text) => expect(percent(part, whole)).toBe(text));

test.each([
  ["/home/sam/dev/shop", "shop"],
  ["C:\\dev\\shop\\", "shop"],
  ["shop", "shop"],
])("baseName of %s", (path, name) => expect(baseName(path)).toBe(name));

test.each([
  [0, "$0.00"],
  [0.0025, "<$0.01"],
  [0.0301, "$0.03"],
  [0.08, "$0.08"],
  [0.005, "$0.01"],
  [1948.005, "$1,948.01"],
])("%d dollars in a column are %s", (dollars, text) => expect(cents(dollars)).toBe(text));
