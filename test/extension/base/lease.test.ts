import { readdirSync, readFileSync, utimesSync } from "node:fs";
import { expect, test } from "vitest";
import { HeldLease, homeOnThisHost, isBusy, readLease, thisHost } from "../../../extension/base/lease.ts";
import { scratch } from "../../scratch.ts";

const lease = (more: object) => JSON.stringify({ host: "another", pid: 1, generation: 0, busy: 0, ...more });
const lost = () => {
  throw new Error("lost");
};

/** Makes a lease that was renewed so many seconds ago. */
async function renewed(secondsAgo: number, more: object = {}) {
  const folder = await scratch({ "owner.json": lease(more) });
  const at = new Date(Date.now() - secondsAgo * 1000);
  utimesSync(folder.at("owner.json"), at, at);
  return folder;
}

test.each([
  ["another host's, fresh", 1, {}, false],
  ["another host's, old", 30, {}, true],
  ["another host's, old but busy", 30, { busy: 60_000 }, false],
  ["another host's, longer than it wanted to be busy", 90, { busy: 60_000 }, true],
  ["this host's own", 1, { host: thisHost() }, true],
  ["one that makes no sense", 1, { generation: "many" }, true],
])("the folder is free to use with a lease that is %s", async (_, age, more, free) => {
  await using folder = await renewed(age, more);
  expect(homeOnThisHost(folder.path) === folder.path).toBe(free);
  expect(readdirSync(folder.path)).toEqual(["owner.json"]);
});

test("without a lease it is free", async () => {
  await using folder = await scratch();
  expect(homeOnThisHost(folder.path)).toBe(folder.path);
});

test("a held lease says who and since when, and is gone when it is closed", async () => {
  await using folder = await scratch();
  const held = HeldLease.take(folder.path, 2, lost);
  expect(readLease(folder.path)).toEqual({ host: thisHost(), pid: process.pid, generation: 2, busy: 0 });
  held?.busy(5000, () => expect(isBusy(folder.path)).toBe(true));
  expect(isBusy(folder.path)).toBe(false);
  held?.close();
  expect(readdirSync(folder.path)).toEqual([]);
});

test("who comes late finds the place taken by a later generation, and does not write over it", async () => {
  await using folder = await scratch();
  const slow = HeldLease.take(folder.path, 0, lost);
  const later = HeldLease.take(folder.path, 1, lost);
  expect(HeldLease.take(folder.path, 0, lost)).toBeUndefined();
  slow?.busy(1000, () => {});
  slow?.close();
  expect(JSON.parse(readFileSync(folder.at("owner.json"), "utf8"))).toMatchObject({ generation: 1, busy: 0 });
  later?.close();
});
