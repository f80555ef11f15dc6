import { chmod, lstat, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import {
  applyChange,
  backupOf,
  proposeConnect,
  proposeDisconnect,
  readSettings,
} from "../../../extension/connect/settings-file.ts";
import { scratch } from "../../scratch.ts";
import { WANTED } from "./wanted.ts";

/** A Claude folder, and a data folder beside it. */
async function home(files: Record<string, string | Buffer> = {}) {
  const folder = await scratch({ "data/token": "x" });
  const path = folder.at("claude", "settings.json");
  const dataDir = folder.at("data");
  await mkdir(folder.at("claude"));
  for (const [name, text] of Object.entries(files)) await writeFile(folder.at(name), text);
  const wanted = { ...WANTED, dataDir };
  return {
    ...{ path, dataDir, at: folder.at },
    connect: async () => applyChange(await proposeConnect(path, wanted), dataDir),
    propose: () => proposeConnect(path, wanted),
    disconnect: async () => applyChange(await proposeDisconnect(path, wanted), dataDir),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

const SETTINGS = "claude/settings.json";
const MINE = '{\n  "model": "opus", // mine\n}\n';

test("it writes what was shown, keeps what was there, and puts it back", async () => {
  await using side = await home({ [SETTINGS]: MINE });
  const change = await side.propose();
  expect(change).toMatchObject({ path: side.path, before: MINE, notes: [] });
  await applyChange(change, side.dataDir);
  expect(await readFile(side.path, "utf8")).toBe(change.after);
  expect(await readFile(backupOf(side.path, side.dataDir), "utf8")).toBe(MINE);
  expect(await readdir(side.at("claude"))).toEqual(["settings.json"]);
  await side.disconnect();
  expect(await readFile(side.path, "utf8")).toBe(MINE);
});

test("a second time there is nothing to write", async () => {
  await using side = await home({ [SETTINGS]: MINE });
  await side.connect();
  const before = await stat(side.path);
  await side.connect();
  expect((await stat(side.path)).ino).toBe(before.ino);
  expect(await readFile(backupOf(side.path, side.dataDir), "utf8")).toBe(MINE);
});

test("a file that was not there is for its user alone, and goes away again, with the folder made for it", async () => {
  await using side = await home();
  await rm(side.at("claude"), { recursive: true });
  await side.connect();
  expect((await stat(side.path)).mode & 0o777).toBe(0o600);
  await side.disconnect();
  expect(await readdir(side.at())).toEqual(["data"]);
});

test("a folder that holds more stays", async () => {
  await using side = await home({ "claude/history.jsonl": "" });
  await side.connect();
  await side.disconnect();
  expect(await readdir(side.at("claude"))).toEqual(["history.jsonl"]);
});

test.each([0o600, 0o644, 0o664])("the file's mode %o stays", async mode => {
  await using side = await home({ [SETTINGS]: MINE });
  await chmod(side.path, mode);
  await side.connect();
  expect((await stat(side.path)).mode & 0o777).toBe(mode);
});

test.each([
  ["a file", "dotfiles.json", MINE],
  ["a file that is not there yet", "missing.json", undefined],
])("through a link to %s it writes to where that leads", async (_, name, text) => {
  await using side = await home(text === undefined ? {} : { [name]: text });
  await symlink(`../${name}`, side.path);
  await side.connect();
  expect((await lstat(side.path)).isSymbolicLink()).toBe(true);
  expect(await readFile(side.at(name), "utf8")).toContain("hook.sh");
  await side.disconnect();
  expect((await lstat(side.path)).isSymbolicLink()).toBe(true);
  expect(await readSettings(side.at(name))).toBe(text);
});

test("what changed while the user was looking is not written over", async () => {
  await using side = await home({ [SETTINGS]: MINE });
  const change = await side.propose();
  await writeFile(side.path, "{}");
  await expect(applyChange(change, side.dataDir)).rejects.toThrow(/has changed in the meantime.*Try again/);
  expect(await readFile(side.path, "utf8")).toBe("{}");
  const late = await side.propose();
  await rm(side.path);
  await expect(applyChange(late, side.dataDir)).rejects.toThrow(/has changed/);
});

test("a file that may not be written to is left alone", async () => {
  await using side = await home({ [SETTINGS]: MINE });
  await chmod(side.path, 0o444);
  await expect(side.connect()).rejects.toThrow(/may not be written to/);
  expect(await readFile(side.path, "utf8")).toBe(MINE);
});

test.each<[string, string | Buffer, RegExp]>([
  ["no JSON", "{ nope", /settings\.json is left as it is\. It is not JSON: line 1/],
  ["another shape", '{"hooks":[]}', /left as it is\. Its "hooks" is not an object/],
  ["another encoding", Buffer.from('{"a":"\xe4"}', "latin1"), /left as it is\. It is not UTF-8/],
  ["UTF-16", Buffer.from("\ufeff{}", "utf16le"), /left as it is/],
])("with %s it stays as it is", async (_, text, words) => {
  await using side = await home({ [SETTINGS]: text });
  await expect(side.connect()).rejects.toThrow(words);
  expect(await readFile(side.path)).toEqual(Buffer.from(text as string));
  expect(await readdir(side.dataDir)).toEqual(["token"]);
});

test("a folder in its place says so", async () => {
  await using side = await home();
  await mkdir(side.path);
  await expect(side.connect()).rejects.toThrow(/cannot be read: EISDIR/);
});
