import { expect, test } from "vitest";
import { modelName, since, within } from "../../../webview/lib/words.ts";

test.each([
  [0, "0:00"],
  [192_000, "3:12"],
  [3_792_000, "1:03:12"],
])("%d ms since it began: %s", (ms, told) => expect(since(ms)).toBe(told));

test.each([
  ["claude-opus-5-5-20251101", "opus 5.5"],
  ["claude-sonnet-5", "sonnet 5"],
  ["claude-3-5-haiku-20241022", "haiku"],
  ["us.anthropic.claude-opus-4-8-v1", "opus 4.8"],
  ["gpt-9", "gpt 9"],
])("the model %s: %s", (model, told) => expect(modelName(model)).toBe(told));

test.each([
  ["/p/src/a.ts", "src/a.ts"],
  ["/other/a.ts", "/other/a.ts"],
])("%s as seen from the project", (path, told) => expect(within(path, "/p")).toBe(told));
