import { expect, test } from "vitest";
import { Notes } from "../../../extension/base/notes.ts";

test("each thing is noted once, with its latest reason, until it is right again", () => {
  const told: (string | undefined)[] = [];
  const notes = new Notes(note => told.push(note?.why));
  notes.set("Could not read", "EACCES");
  notes.set("Could not read", "EACCES");
  notes.set("Could not read", "EIO");
  expect(notes.all).toEqual([{ what: "Could not read", why: "EIO" }]);
  notes.set("Could not read");
  notes.set("Could not read");
  expect(notes.all).toEqual([]);
  expect(told).toEqual(["EACCES", "EIO", undefined]);
});
