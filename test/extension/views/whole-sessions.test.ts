import { expect, test } from "vitest";
import type { Session } from "../../../extension/protocol.ts";
import { WholeSessions } from "../../../extension/views/whole-sessions.ts";

/** An owner whose sessions' titles count how often it was asked, and which may be away. */
function counting() {
  const owner = {
    times: 0,
    away: false,
    session: async (id: string) => {
      owner.times++;
      if (owner.away) throw new Error("away");
      return { id, title: `${id} ${owner.times}` } as Session;
    },
  };
  return owner;
}

test("a session is asked for once, until it changes", async () => {
  const sessions = new WholeSessions(counting());
  const titles = async () =>
    (await Promise.all(["a", "b", "a"].map(id => sessions.of(id)))).map(({ title }) => title);
  expect(await titles()).toEqual(["a 1", "b 2", "a 1"]);
  expect(await titles()).toEqual(["a 1", "b 2", "a 1"]);
  sessions.forget({ kind: "session", session: "a" });
  expect(await titles()).toEqual(["a 3", "b 2", "a 3"]);
  sessions.forget({ kind: "state" });
  expect(await titles()).toEqual(["a 4", "b 5", "a 4"]);
});

test("while the owner is away what it said last stays, and it is asked again", async () => {
  const owner = counting();
  const sessions = new WholeSessions(owner);
  owner.away = true;
  await expect(sessions.of("a")).rejects.toThrow("away");
  owner.away = false;
  expect((await sessions.of("a")).title).toBe("a 2");
  owner.away = true;
  sessions.forget({ kind: "state" });
  expect((await sessions.of("a")).title).toBe("a 2");
  owner.away = false;
  expect((await sessions.of("a")).title).toBe("a 4");
});
