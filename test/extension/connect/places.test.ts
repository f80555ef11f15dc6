import { expect, test } from "vitest";
import { hookShell, managedSettings } from "../../../extension/connect/places.ts";
import { scratch } from "../../scratch.ts";

test("an organisation's settings are one file and a folder of further ones", async () => {
  await using folder = await scratch({
    "managed-settings.json": "{}",
    "managed-settings.d/20.json": "{}",
    "managed-settings.d/10.json": "{}",
    "managed-settings.d/readme.txt": "",
  });
  const names = managedSettings(folder.path).map(path => path.slice(folder.path.length + 1));
  expect(names).toEqual([
    "managed-settings.json",
    "managed-settings.d/10.json",
    "managed-settings.d/20.json",
  ]);
  expect(managedSettings(folder.at("none"))).toEqual([]);
});

test("hooks run in the system's shell, on Windows in Git's, if there is one", async () => {
  await using folder = await scratch({ "Git/bin/bash.exe": "", "own/bash.exe": "" });
  expect(hookShell("darwin", {})).toBe("/bin/sh");
  expect(hookShell("win32", {})).toBeUndefined();
  expect(hookShell("win32", { ProgramFiles: folder.path })).toBe(folder.at("Git", "bin", "bash.exe"));
  const own = { ProgramFiles: folder.path, CLAUDE_CODE_GIT_BASH_PATH: folder.at("own/bash.exe") };
  expect(hookShell("win32", own)).toBe(folder.at("own/bash.exe"));
});
