import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import type { Found } from "../../../extension/questions.ts";
import { answerLine, resultLine, SESSION, titleLine, toolLine, userLine } from "../../lines.ts";
import { captured, MAIN, recorded } from "./recorded.ts";

const OTHER = "11111111-0000-4000-8000-000000000001";
const TEXT =
  titleLine("Mend the basket") +
  userLine("Fix the flaky checkout in cart.ts", { uuid: "u1" }) +
  toolLine("t1", "Bash", { command: "npm test", nested: { deep: ["grep checkout"] } }) +
  resultLine("t1", false, {}, "the checkout is “café”") +
  toolLine("t2", "Read", { file_path: "/shop/cart.ts" }) +
  resultLine("t2", false, {}, "export const cart = 1;") +
  answerLine("The checkout is fixed.", { uuid: "r1" });
const LATER = userLine("Again: the checkout.", { uuid: "u2", sessionId: OTHER });
const FILES = { [MAIN]: TEXT, [`projects/shop/${OTHER}.jsonl`]: LATER };

const ids = ({ matches }: Found) =>
  matches.map(({ promptId, stepId, sessionId }) => promptId ?? stepId ?? sessionId);

test.each([
  ["a prompt", "flaky", ["u1"]],
  ["what a tool was given", "grep", ["t1"]],
  ["what came of it", "CAFÉ", ["t1"]],
  ["what was given and what came of it are one", "cart.ts", ["u1", "t2"]],
  ["an answer", "fixed.", ["r1"]],
  ["a title", "basket", [SESSION]],
  ["the session last at work first", "checkout", ["u2", "u1", "t1", "r1"]],
  ["all of the words", "checkout flaky", ["u1"]],
  ["but not a name that only the file has", "tool_use_id", []],
  ["nor a word that nobody said", "nobody", []],
  ["nothing", " ", []],
])("found though nothing is kept: %s", async (_, q, expected) => {
  await using store = await recorded(FILES);
  expect(ids(await store.find({ q }))).toEqual(expected);
});

test("a match tells where it is", async () => {
  await using store = await recorded(FILES);
  expect(await store.find({ q: "café" })).toEqual({
    matches: [
      {
        ...{ sessionId: SESSION, title: "Mend the basket", name: "Bash", promptId: null, stepId: "t1" },
        snippet: "the checkout is “café”",
      },
    ],
  });
});

test.each([
  ["within the project", "basket", "src/basket.ts basket"],
  ["from its name on", "shop", "shop/src/basket.ts basket"],
  ["whole, where nothing less has the word", "sam", "/home/sam/dev/shop/src/basket.ts basket"],
])("a path is told %s", async (_, q, snippet) => {
  const edit = { file_path: "/home/sam/dev/shop/src/basket.ts", new_string: "basket" };
  await using store = await recorded({ [MAIN]: userLine("Go") + toolLine("e1", "Edit", edit) });
  expect((await store.find({ q })).matches).toMatchObject([{ stepId: "e1", snippet }]);
});

test("of what a terminal showed the words are told without their colours", async () => {
  const result = resultLine("t1", false, {}, "\x1b[32m✓\x1b[39m basket \x1b[90m(5 tests)\x1b[39m");
  await using store = await recorded({ [MAIN]: toolLine("t1", "Bash", { command: "npm test" }) + result });
  expect((await store.find({ q: "basket" })).matches).toMatchObject([{ snippet: "✓ basket (5 tests)" }]);
});

test("page by page is everything found, whatever a page holds", async () => {
  await using store = await recorded(FILES);
  const found: string[] = [];
  for (let from: string | undefined, rounds = 0; rounds < 10; rounds++) {
    const page = await store.find({ q: "checkout", limit: 1, ...(from !== undefined && { from }) });
    expect(page.matches.length).toBeLessThanOrEqual(1);
    found.push(...ids(page));
    from = page.next;
    if (from === undefined) break;
  }
  expect(found).toEqual(["u2", "u1"]);
});

test("a word that is everywhere does not fill the answer with one session", async () => {
  const many = Array.from({ length: 50 }, (_, i) => toolLine(`m${i}`, "Bash", { command: "checkout" })).join(
    "",
  );
  await using store = await recorded({ ...FILES, [MAIN]: TEXT + many });
  const found = await store.find({ q: "checkout" });
  expect(found.matches.filter(({ sessionId }) => sessionId === SESSION)).toHaveLength(20);
  expect(ids(found)).toContain("u2");
});

test("what the store may keep is found without a transcript, and once with one", async () => {
  await using store = await recorded(FILES, 3);
  expect(ids(await store.find({ q: "checkout" })).sort()).toEqual(["r1", "t1", "u1", "u2"]);
  rmSync(store.at(MAIN));
  expect(ids(await store.find({ q: "flaky" }))).toEqual(["u1"]);
});

test("neither a deleted session is searched nor a folder that is not read any more", async () => {
  await using store = await recorded(FILES);
  store.db.run("update source set path = '/elsewhere' || path");
  expect(await store.find({ q: "checkout" })).toEqual({ matches: [] });
});

test("of a fork only what it did itself", async () => {
  const copied = TEXT.replaceAll(SESSION, OTHER);
  await using store = await recorded({ [MAIN]: TEXT, [`projects/shop/${OTHER}.jsonl`]: copied + LATER });
  const found = (await store.find({ q: "checkout" })).matches;
  expect(new Set(found.map(({ promptId, stepId }) => promptId ?? stepId)).size).toBe(found.length);
});

test("in real sessions every step is found by what it was about", async () => {
  await using store = await recorded(await captured("edit-kinds", "simple-edit-commit", "thinking"));
  for (const { id } of store.sessions.list()) {
    const steps = store.session(id).prompts.flatMap(({ steps }) => steps);
    for (const step of steps.filter(({ kind }) => kind === "tool"))
      expect(ids(await store.find({ q: step.target ?? "?", limit: 1000 }))).toContain(step.id);
  }
});
