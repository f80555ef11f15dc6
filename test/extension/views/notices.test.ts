import { expect, test } from "vitest";
import type { OwnerStatus } from "../../../extension/base/owner.ts";
import type { FolderState, RecorderState } from "../../../extension/job.ts";
import { messageOf, noticesOf, welcomeOf } from "../../../extension/views/notices.ts";

const joined: OwnerStatus = { kind: "joined" };
const failed: OwnerStatus = { kind: "failed", message: "no WebAssembly" };
const found: FolderState = { path: "/a", state: "found" };
const missing: FolderState = { path: "/b", state: "missing" };
const unreadable: FolderState = { path: "/c", state: "unreadable", reason: "EACCES" };

const kept = {
  heard: {},
  tier: 1 as const,
  redact: [],
  timeZone: "UTC",
  storeSize: 0,
  deadLetters: 0,
  erased: false,
};

function state(folders: FolderState[], more: Partial<RecorderState> = {}): RecorderState {
  const well = { found: 2, read: 2, scanned: true, skipped: 0, unknown: [], ...kept };
  return { folders, notes: [], ...well, ...more };
}

const ALL = { filter: "", here: false };

test.each([
  ["joining", { kind: "joining" } as const, undefined, "reading"],
  ["looking", joined, state([found], { scanned: false, found: 0, read: 0 }), "reading"],
  ["reading", joined, state([found], { read: 1 }), "reading"],
  ["no folder of Claude Code", joined, state([missing]), "missing"],
  ["an unreadable one only", joined, state([missing, unreadable]), "missing"],
  ["a folder without sessions", joined, state([found, missing]), "empty"],
  ["everything was deleted", joined, state([found], { erased: true }), "erased"],
  ["failed", failed, undefined, "none"],
])("welcome: %s", (_, status, state, welcome) => expect(welcomeOf(status, state, ALL)).toBe(welcome));

test.each([
  ["a filter finds nothing", { filter: "status:failed", here: false }, state([found]), "narrowed"],
  ["nothing in this workspace", { filter: "", here: true }, state([found]), "narrowed"],
  [
    "but what is not read yet may still come",
    { filter: "a", here: true },
    state([found], { read: 1 }),
    "reading",
  ],
])("welcome: %s", (_, narrow, state, welcome) => expect(welcomeOf(joined, state, narrow)).toBe(welcome));

test.each([
  ["all is well", joined, state([found, missing]), []],
  [
    "could not start",
    failed,
    undefined,
    [["Agent Trace could not start", "no WebAssembly", "agentTrace.refresh"]],
  ],
  ["unreadable", joined, state([unreadable]), [["Cannot read c", "/c: EACCES", "agentTrace.showStatus"]]],
  [
    "a note",
    joined,
    state([found], { notes: [{ what: "Disk full", why: "ENOSPC" }] }),
    [["Disk full", "ENOSPC", "agentTrace.showLog"]],
  ],
])("notice: %s", (_, status, state, expected) => {
  expect(noticesOf(status, state).map(notice => [notice.label, notice.why, notice.command])).toEqual(
    expected,
  );
});

const notice = {
  label: "The store can't be used",
  why: "A newer version wrote it.",
  command: "c",
  action: "a",
};
const place = { dataDir: "/d", folders: [], port: 0 };

test.each([
  ["all is well", place, [], false, ""],
  ["a problem keeps all sessions away", place, [notice], false, "A newer version wrote it."],
  ["a problem beside sessions has its row", place, [notice], true, ""],
  [
    "the demo",
    { ...place, demo: "/demo" },
    [notice],
    true,
    "These sessions are invented. “Close the Demo” above brings back your own.",
  ],
])("message: %s", (_, place, notices, has, message) =>
  expect(messageOf(place, notices, has, ALL)).toBe(message),
);

test.each([
  [{ filter: "status:failed", here: false }, "Filtered: status:failed"],
  [{ filter: "", here: true }, "Only this workspace."],
  [{ filter: "cart", here: true }, "Only this workspace. Filtered: cart"],
])("message of %j", (narrow, message) => {
  expect(messageOf(place, [], true, narrow)).toBe(message);
  expect(messageOf(place, [], false, narrow)).toBe("");
});
