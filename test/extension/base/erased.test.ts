import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { erase, isErased, readAgain } from "../../../extension/base/erased.ts";
import { scratch } from "../../scratch.ts";

test("all that was recorded goes, also what was told of budgets; what others keep there stays", async () => {
  const ours = { "store.db": "", "store.db-wal": "", "inbox/1": "", "budgets/2026-11-01-month-over-300": "" };
  await using folder = await scratch({ ...ours, token: "", "notes.txt": "" });
  erase(folder.path);
  expect(readdirSync(folder.path).sort()).toEqual(["erased", "notes.txt", "token"]);
  expect(isErased(folder.path)).toBe(true);
  readAgain(folder.path);
  expect(isErased(folder.path)).toBe(false);
});
