import { expect, test } from "vitest";
import { stepLabel } from "../../../extension/queries/label.ts";

test.each([
  [{ command: "npm test\n# twice", description: "Run" }, "npm test"],
  [{ file_path: "/home/sam/dev/shop/total.ts", old_string: "a" }, "total.ts"],
  [{ notebook_path: "C:\\nb\\a.ipynb" }, "a.ipynb"],
  [{ pattern: "TODO", path: "src" }, "TODO"],
  [{ description: "Fix add", prompt: "long text" }, "Fix add"],
  [{ url: "https://example.com" }, "https://example.com"],
  [{ unknown: "words" }, "words"],
  [{ list: [1, 2] }, ""],
  [{}, ""],
])("%j", (input, label) => expect(stepLabel({ input })).toBe(label));

test("a call whose line is gone has no label", () => expect(stepLabel(undefined)).toBe(""));
