import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { erase, isErased, readAgain } from "../../../extension/base/erased.ts";
import { scratch } from "../../scratch.ts";

test("all that was recorded goes, also which alerts were shown; what others keep there stays", async () => {
  const ours = { "store.db": "", "store.db-wal": "", "inbox/1": "", "alerts/1795000000000-1": "" };
  await using folder = await scratch({ ...ours, token: "", "notes.txt": "" });
  erase(folder.path);
  expect(readdirSync(folder.path).sort()).toEqual(["erased", "notes.txt", "token"]);
  expect(isErased(folder.path)).toBe(true);
  readAgain(folder.path);
  expect(isErased(folder.path)).toBe(false);
});
