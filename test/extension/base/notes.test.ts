import { expect, test } from "vitest";
import { Notes } from "../../../extension/base/notes.ts";

test("each thing is noted once, with its latest reason, and told when it changes", () => {
  const told: string[] = [];
  const notes = new Notes(({ what, why }) => told.push(`${what}: ${why}`));
  notes.add("Could not read", "EACCES");
  notes.add("Could not read", "EACCES");
  notes.add("Could not read", "EIO");
  expect(notes.all).toEqual([{ what: "Could not read", why: "EIO" }]);
  expect(told).toEqual(["Could not read: EACCES", "Could not read: EIO"]);
});
