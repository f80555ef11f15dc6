import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { expect, test, vi } from "vitest";
import { thisHost } from "../../extension/base/lease.ts";
import { smallSession, toolLine, userLine } from "../lines.ts";
import { scratch } from "../scratch.ts";
import { openOwner } from "./open-owner.ts";
import { postHook } from "./post-hook.ts";
import { unfamiliar } from "./unfamiliar-wasm.ts";

// Recorders are threads and processes of their own, which take their time where all cores are busy.
vi.setConfig({ testTimeout: 30_000 });

const SESSION = ".claude/projects/-home-sam-dev-shop/00000000-0000-4000-8000-000000000001.jsonl";
const ID = "00000000-0000-4000-8000-000000000001";
const MORE = ".claude/projects/-home-sam-dev-shop/more.jsonl";

function hook(name: string, id: string, more: object = {}) {
  return { session_id: ID, hook_event_name: name, tool_use_id: id, tool_name: "Bash", ...more };
}

/** Runs a recorder once, so that there is a store. */
async function recorded(files: Record<string, string> = { [SESSION]: smallSession() }) {
  const home = await scratch(files);
  await using owner = openOwner(home.path);
  await owner.ready();
  return home;
}

test("a damaged store is kept aside and built anew from the transcripts, and the user is told", async () => {
  await using home = await recorded();
  const file = await open(home.at("data/store.db"), "r+");
  await file.write(Buffer.alloc(9000, 0xaa), 0, 9000, 500);
  await file.close();
  await using owner = openOwner(home.path);
  await owner.ready();
  expect(await owner.sessions()).toMatchObject([{ title: "Fix the total", toolCalls: 2 }]);
  expect((await owner.state()).notes).toMatchObject([{ what: "The store was damaged" }]);
  expect(readdirSync(home.at("data")).filter(name => /damaged-.*Z$/.test(name))).toHaveLength(1);
});

test("damage that shows only later is set right while windows look on", async () => {
  const many = Array.from({ length: 1500 }, (_, i) => toolLine(`toolu_${i}`, "Bash", {})).join("");
  await using home = await recorded({ [SESSION]: many });
  const { size } = statSync(home.at("data/store.db"));
  const file = await open(home.at("data/store.db"), "r+");
  await file.write(Buffer.alloc(20_000, 0xaa), 0, 20_000, size - 60_000);
  await file.close();
  await using owner = openOwner(home.path);
  await expect
    .poll(async () => (await owner.session(ID).catch(() => undefined))?.prompts[0]?.steps.length, {
      timeout: 20_000,
    })
    .toBe(1500);
  expect((await owner.state()).notes).toMatchObject([{ what: "The store was damaged" }]);
});

test("a store of a newer version is left as it is, and what comes in waits for that version", async () => {
  await using home = await recorded();
  const bytes = readFileSync(home.at("data/store.db"));
  bytes.writeUInt32BE(1000, 60);
  writeFileSync(home.at("data/store.db"), bytes);
  await using owner = openOwner(home.path);
  await expect.poll(() => owner.status.kind).toBe("joined");
  expect((await owner.state()).notes).toMatchObject([
    { what: "The store can't be used", why: expect.stringContaining("Update Agent Trace") },
  ]);
  await expect(owner.compact()).rejects.toThrow("A newer version of Agent Trace");
  expect(await postHook(home.at("data"), hook("PreToolUse", "toolu_9"))).toBe(200);
  expect(readdirSync(home.at("data/inbox"))).toHaveLength(1);
  await owner.close();
  expect(readFileSync(home.at("data/store.db")).equals(bytes)).toBe(true);
});

test("where no store can be written, sessions are shown all the same, and nothing is left behind", async () => {
  await using home = await scratch({ [SESSION]: smallSession() });
  mkdirSync(home.at("data/store.db"), { recursive: true });
  await using owner = openOwner(home.path);
  await owner.ready();
  expect(await owner.sessions()).toHaveLength(1);
  expect((await owner.state()).notes).toMatchObject([{ what: "Nothing can be saved" }]);
});

test("a store that is deleted while in use is written again", async () => {
  await using home = await recorded();
  await using owner = openOwner(home.path);
  await owner.ready();
  rmSync(home.at("data/store.db"));
  await expect
    .poll(async () => (await owner.state()).notes)
    .toMatchObject([{ what: "The store was deleted while in use" }]);
  expect(await owner.sessions()).toHaveLength(1);
  expect(statSync(home.at("data/store.db")).size).toBeGreaterThan(10_000);
});

test("a session that was deleted is gone, and not read again; its transcript stays", async () => {
  await using home = await scratch({
    [SESSION]: smallSession(),
    [MORE]: userLine("More", { sessionId: "more" }),
  });
  await using first = openOwner(home.path);
  await first.ready();
  await first.deleteSessions([ID]);
  expect((await first.sessions()).map(session => session.id)).toEqual(["more"]);
  await home.append(SESSION, toolLine("toolu_9", "Bash", {}));
  await first.close();
  expect(readFileSync(home.at("data/store.db"), "latin1")).not.toContain("toolu_1");
  expect(readFileSync(home.at(SESSION), "utf8")).toContain("toolu_1");
  await using second = openOwner(home.path);
  await second.ready();
  expect((await second.sessions()).map(session => session.id)).toEqual(["more"]);
});

test("sessions are kept for as many days as the user says", async () => {
  const at = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  await using home = await scratch({
    [SESSION]: userLine("Old", { sessionId: "old", timestamp: at(31) }),
    [MORE]: userLine("New", { sessionId: "new", timestamp: at(29) }),
  });
  await using owner = openOwner(home.path, { keepDays: 30 });
  await expect
    .poll(async () => (await owner.sessions().catch(() => [])).map(({ id }) => id))
    .toEqual(["new"]);
});

test("after all data was deleted nothing is read, until the user asks for it", async () => {
  await using home = await scratch({ [SESSION]: smallSession() });
  await using owner = openOwner(home.path);
  await owner.ready();
  await postHook(home.at("data"), hook("PreToolUse", "toolu_9"));
  await owner.deleteAll();
  expect(readdirSync(home.at("data")).filter(name => /store|inbox|dead/.test(name))).toEqual([]);
  const state = () => owner.state().catch(() => undefined);
  await expect.poll(state).toMatchObject({ erased: true, found: 0 });
  expect(await owner.sessions()).toEqual([]);
  await owner.close();
  await using next = openOwner(home.path);
  await expect.poll(() => next.state().catch(() => undefined)).toMatchObject({ erased: true });
  await next.readAgain();
  await expect.poll(() => next.sessions().catch(() => [])).toHaveLength(1);
});

test("a backup is a whole store; the store's own folder is refused", async () => {
  await using home = await recorded();
  await using owner = openOwner(home.path);
  await owner.ready();
  await owner.backUp(home.at("backup.db"));
  expect(readFileSync(home.at("backup.db"), "latin1")).toContain("toolu_1");
  await expect(owner.backUp(home.at("data/store.db"))).rejects.toThrow("outside");
  await expect(owner.backUp(home.at("no/such/folder.db"))).rejects.toThrow();
  const { before, after } = await owner.compact();
  expect(after).toBeLessThanOrEqual(before);
});

test("a store that another host has open is not opened; this one gets a place of its own", async () => {
  await using home = await scratch({ [SESSION]: smallSession() });
  const lease = JSON.stringify({ host: "another-host", pid: 1, generation: 0, busy: 0 });
  await home.write("data/owner.json", lease);
  await using owner = openOwner(home.path);
  await owner.ready();
  expect(await owner.sessions()).toHaveLength(1);
  expect((await owner.state()).notes).toMatchObject([{ what: "Another host uses the store" }]);
  expect(readdirSync(home.at("data"))).not.toContain("store.db");
  expect(readFileSync(home.at("data/owner.json"), "utf8")).toBe(lease);
});

test("a host that has not been heard of for long does not keep others out", async () => {
  await using home = await scratch({ [SESSION]: smallSession() });
  await home.write(
    "data/owner.json",
    JSON.stringify({ host: "another-host", pid: 1, generation: 3, busy: 0 }),
  );
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(home.at("data/owner.json"), longAgo, longAgo);
  await using owner = openOwner(home.path);
  await owner.ready();
  expect((await owner.state()).notes).toEqual([]);
  expect(JSON.parse(readFileSync(home.at("data/owner.json"), "utf8"))).toMatchObject({ host: thisHost() });
});

test("an erasure that was cut short is finished before anything else", async () => {
  await using home = await recorded();
  await home.write("data/erased", "");
  await home.write(
    "data/inbox/1.ndjson",
    JSON.stringify({ kind: "hook", at: 1, body: hook("PreToolUse", "toolu_9") }),
  );
  await using owner = openOwner(home.path);
  await expect.poll(() => owner.state().catch(() => undefined)).toMatchObject({ erased: true });
  expect(await owner.sessions()).toEqual([]);
  expect(await postHook(home.at("data"), hook("PreToolUse", "toolu_8"))).toBe(200);
  expect(readdirSync(home.at("data"))).not.toContain("inbox");
});

test("what was deleted and not compacted yet, as after a crash, is compacted later", async () => {
  await using home = await recorded();
  await home.write("data/store.db.to-compact", "");
  await using owner = openOwner(home.path);
  await owner.ready();
  await expect.poll(() => readdirSync(home.at("data"))).not.toContain("store.db.to-compact");
});

test("a window that saw many owners go still takes over at once, and never says otherwise", async () => {
  await using home = await scratch({ [SESSION]: smallSession() });
  await using window = openOwner(home.path);
  await window.ready();
  const seen: string[] = [];
  window.statusChanged.on(({ kind }) => seen.push(kind));
  for (let i = 0; i < 5; i++) {
    await window.readAgain(); // makes the recorder start anew
    await expect.poll(() => seen.filter(kind => kind === "joined").length).toBe(i + 1);
  }
  expect(seen).not.toContain("failed");
});

test("a sql.js that is not as expected is told of, and events wait for one that is", async () => {
  await using home = await scratch({ [SESSION]: smallSession() });
  mkdirSync(home.at("dist"));
  copyFileSync("dist/recorder.js", home.at("dist/recorder.js"));
  writeFileSync(home.at("dist/sql-wasm.wasm"), unfamiliar());
  await using owner = openOwner(home.path, {}, home.at("dist/recorder.js"));
  await expect.poll(() => owner.status.kind).toBe("joined");
  const why = expect.stringContaining("its file system is unyx");
  expect((await owner.state()).notes).toMatchObject([{ what: "The store can't be used", why }]);
  expect(await postHook(home.at("data"), hook("PreToolUse", "toolu_9"))).toBe(200);
  expect(readdirSync(home.at("data/inbox"))).toHaveLength(1);
  expect(readdirSync(home.at("data"))).not.toContain("store.db");
});
