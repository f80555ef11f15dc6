import { expect, test } from "vitest";
import { SESSION, smallSession } from "../../lines.ts";
import { captured, MAIN, recorded } from "./recorded.ts";

const CAPTURES = ["subagent-background", "edit-kinds", "v20-compact", "resume-session", "api-retry"];

test.each([1, 3, 1000])("in pages of %i a real session's steps are those of the whole", async limit => {
  await using store = await recorded(await captured(...CAPTURES));
  const rows = store.sessions.list();
  expect(rows.length).toBeGreaterThan(4);
  for (const { id } of rows) {
    const whole = store
      .session(id)
      .prompts.flatMap(({ id, steps }) => steps.map(step => ({ ...step, promptId: id || null })));
    const pages: ReturnType<typeof store.timeline> = [];
    for (let after: string | undefined; ; after = pages.at(-1)?.id) {
      const page = store.timeline({ limit, ...(after !== undefined && { after }) }, id);
      expect(page.length).toBeLessThanOrEqual(limit);
      if (page.length === 0) break;
      pages.push(...page);
    }
    const times = pages.map(step => step.startedAt);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    // The whole has them prompt by prompt.
    const chapters = [...new Set(whole.map(step => step.promptId))];
    expect(chapters.flatMap(prompt => pages.filter(step => step.promptId === prompt))).toEqual(whole);
  }
});

test("without a limit there are as many as one may ask for", async () => {
  await using store = await recorded({ [MAIN]: smallSession() });
  expect(store.timeline({}).map(step => step.id)).toEqual(["toolu_1", "toolu_2"]);
  expect(store.timeline({ after: "toolu_2" })).toEqual([]);
});

test.each([
  ["a session", "another", {}, "This session is not known."],
  ["a step to go on from", SESSION, { after: "t9" }, "The step to go on from is not known any more."],
])("%s that is not known is an error that says so", async (_, session, wanted, said) => {
  await using store = await recorded({ [MAIN]: smallSession() });
  expect(() => store.timeline(wanted, session)).toThrow(said);
});
