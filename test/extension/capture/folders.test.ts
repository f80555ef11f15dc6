import { expect, test } from "vitest";
import { folderState } from "../../../extension/capture/folders.ts";
import { scratch } from "../../scratch.ts";

test("a folder is found, missing or unreadable", async () => {
  await using folder = await scratch({ "good/projects/x/a.jsonl": "", "bad/projects": "a file" });
  expect(await folderState(folder.at("good"))).toEqual({ path: folder.at("good"), state: "found" });
  expect(await folderState(folder.at("none"))).toEqual({ path: folder.at("none"), state: "missing" });
  expect(await folderState(folder.at("bad"))).toMatchObject({
    state: "unreadable",
    reason: expect.stringContaining("a file stands where"),
  });
});
