import { readdirSync, statSync } from "node:fs";
import { expect, test } from "vitest";
import { tokenOf } from "../../../extension/base/token.ts";
import { scratch } from "../../scratch.ts";

test("is made once, for this user's eyes only, and leaves nothing beside it", async () => {
  await using folder = await scratch();
  const token = tokenOf(folder.at("data"));
  expect(token).toMatch(/^[\w-]{32}$/);
  expect(tokenOf(folder.at("data"))).toBe(token);
  expect(statSync(folder.at("data", "token")).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder.at("data"))).toEqual(["token"]);
});

test("an empty file, as a power cut may leave, is made anew", async () => {
  await using folder = await scratch({ token: "" });
  expect(tokenOf(folder.path)).not.toBe("");
});

test("fails with the reason when the folder can't be made", async () => {
  await using folder = await scratch({ data: "a file, not a folder" });
  expect(() => tokenOf(folder.at("data"))).toThrow(/EEXIST|ENOTDIR/);
});
