import { expect, test } from "vitest";
import { Lifetime } from "../../../extension/base/lifetime.ts";

function thing(name: string, closed: string[]) {
  return { close: () => void closed.push(name) };
}

test("closes newest first, and only once", async () => {
  const closed: string[] = [];
  const life = new Lifetime();
  life.add(thing("first", closed));
  life.add(thing("second", closed));
  await life.close();
  await life.close();
  expect(closed).toEqual(["second", "first"]);
});

test("closes what comes too late at once", async () => {
  const closed: string[] = [];
  const life = new Lifetime();
  await life.close();
  life.add(thing("late", closed));
  expect(closed).toEqual(["late"]);
});

test("one thing that fails to close does not keep the others open", async () => {
  const closed: string[] = [];
  const life = new Lifetime();
  life.add(thing("first", closed));
  life.add({
    close() {
      throw new Error("stuck");
    },
  });
  await life.close();
  expect(closed).toEqual(["first"]);
});

test("disposes what has no close", async () => {
  const closed: string[] = [];
  const life = new Lifetime();
  life.add({ dispose: () => void closed.push("disposed") });
  await life.close();
  expect(closed).toEqual(["disposed"]);
});
