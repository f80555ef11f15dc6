import { expect, test } from "vitest";
import { targetOf } from "../../../extension/queries/label.ts";

test.each([
  [{ command: "npm test\n# twice", description: "Run" }, "npm test\n# twice"],
  [{ file_path: "/home/sam/dev/shop/total.ts", old_string: "a" }, "/home/sam/dev/shop/total.ts"],
  [{ notebook_path: "C:\\nb\\a.ipynb" }, "C:\\nb\\a.ipynb"],
  [{ pattern: "TODO", path: "src" }, "TODO"],
  [{ description: "Fix add", prompt: "long text" }, "Fix add"],
  [{ url: "https://example.com" }, "https://example.com"],
  [{ command: "", unknown: "words" }, "words"],
  [{ list: [1, 2] }, null],
  [{ command: 5 }, null],
  [{}, null],
])("%j", (input, target) => expect(targetOf({ input })).toBe(target));

test("a call whose line is gone was about nothing that is known", () =>
  expect(targetOf(undefined)).toBe(null));
