import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { expect, test } from "vitest";
import { isError } from "../../../extension/base/steps.ts";
import { findTranscripts } from "../../../extension/capture/transcripts.ts";
import { captures } from "../captured.ts";
import { captured, recorded } from "./recorded.ts";

const DEMO = "media/demo";

test("lists and the replay count the same errors, in all captures and the demo", async () => {
  const demo = (await findTranscripts(DEMO)).map(({ path }) => [
    relative(DEMO, path),
    readFileSync(path, "utf8"),
  ]);
  await using store = await recorded({ ...(await captured(...captures)), ...Object.fromEntries(demo) });
  const counted = store.sessions.list().map(({ id, title, errors }) => {
    const steps = store.session(id).prompts.flatMap(prompt => prompt.steps);
    return { title, listed: errors, shown: steps.filter(isError).length };
  });
  expect(counted.filter(({ listed, shown }) => listed !== shown)).toEqual([]);
  expect(counted).toContainEqual({ title: "Add rate limits", listed: 2, shown: 2 });
  expect(counted.reduce((sum, { shown }) => sum + shown, 0)).toBeGreaterThan(20);
});
