import { expect, test } from "vitest";
import { answerLine, resultLine, SESSION, toolLine, userLine } from "../../lines.ts";
import { MAIN, recorded } from "./recorded.ts";

const TEXT =
  userLine('Fix the flaky "checkout" in cart.ts, not (OR) the café', { uuid: "u1" }) +
  toolLine("t1", "Bash", { command: "npm test -- --grep checkout" }) +
  resultLine("t1", false, {}, "the cart of ts is empty") +
  answerLine("The checkout is fixed.", { uuid: "r1" });

test.each([
  ["one word", "flaky", ["u1"]],
  ["any case, and letters without their accents", "CAFE", ["u1"]],
  ["the beginning of the last word", "flaky chec", ["u1"]],
  ["but not of another", "fla checkout", []],
  ["all of the words", "checkout grep", ["t1"]],
  ["what was stored last first", "checkout", ["r1", "t1", "u1"]],
  ["words that are written in one stand together", "cart.ts", ["u1"]],
  ["what means something to the index means nothing", 'OR "checkout" NOT (fixed', []],
  ["nor does a column", "words:flaky", []],
  ["nor a star", "fl*ky", []],
  ["a sign alone is left out", 'flaky - "', ["u1"]],
  ["only signs", '" * - (', []],
  ["nothing", "  ", []],
  ["a zero", "\0flaky", ["u1"]],
  ["half a letter", "\ud800 flaky", ["u1"]],
  ["very much", "flaky ".repeat(160), ["u1"]],
])("%s: %j", async (_, q, found) => {
  await using store = await recorded({ [MAIN]: TEXT }, 3);
  expect(store.search(q).map(({ promptId, stepId }) => promptId ?? stepId)).toEqual(found);
});

test.each([
  [1, []],
  [2, ["t1", "u1"]],
  [3, ["r1", "t1", "u1"]],
] as const)("tier %i finds only what it may keep: %j", async (tier, found) => {
  await using store = await recorded({ [MAIN]: TEXT }, tier);
  expect(store.search("checkout").map(({ promptId, stepId }) => promptId ?? stepId)).toEqual(found);
});

test("a match tells where it is and what stands there, and there are no more than wanted", async () => {
  const long = `${"before ".repeat(50)}needle ${"after ".repeat(50)}`;
  await using store = await recorded({ [MAIN]: userLine(long, { uuid: "u0" }) + TEXT }, 2);
  const [match] = store.search("needle");
  expect(match).toMatchObject({ sessionId: SESSION, promptId: "u0", stepId: null });
  expect(match?.snippet).toMatch(/^…before .*needle.* after…$/);
  expect(match?.snippet.length).toBeLessThan(300);
  expect(store.search("checkout", 1)).toHaveLength(1);
});

test("a folder that is not read any more does not count", async () => {
  await using store = await recorded({ [MAIN]: TEXT }, 2);
  store.db.run("update source set path = '/elsewhere' || path");
  expect(store.search("checkout")).toEqual([]);
});
