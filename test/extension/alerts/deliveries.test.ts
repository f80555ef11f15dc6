import { expect, test, vi } from "vitest";
import type { AlertRule } from "../../../extension/alert.ts";
import { hook, postOffice, SECRET } from "./receivers.ts";
import { costs, NOON, watched } from "./watched.ts";

vi.setConfig({ testTimeout: 20_000 });

const day = (...deliver: NonNullable<AlertRule["deliver"]>): AlertRule => ({
  ...{ name: "Day", kind: "cost", threshold: 10, window: "day", deliver },
});

type Watched = Awaited<ReturnType<typeof watched>>;

async function state(it: Watched): Promise<string[]> {
  const [alert] = await it.alerts().history({});
  return (alert?.deliveries ?? []).map(({ way, state, tries }) => `${way} ${state} ${tries}`);
}

const soon = { timeout: 5000, interval: 5 };

test("a webhook is posted once, signed, with names and amounts", async () => {
  using there = await hook();
  await using it = await watched([day("webhook")], { webhook: there.address });
  await it.alerts().entrust({ webhook: SECRET });
  it.tell(...costs("a", NOON, 12.5));
  it.tell(...costs("a", NOON, 3));
  await expect.poll(() => state(it), soon).toEqual(["webhook sent 1"]);
  it.clock.pass(3_600_000);
  expect(there.got).toEqual([
    {
      ...{ isSigned: true, id: `alert-${NOON + 1000}-1`, at: Math.floor((NOON + 1000) / 1000) },
      message: {
        ...{ id: `alert-${NOON + 1000}-1`, type: "alert", timestamp: new Date(NOON + 1000).toISOString() },
        text: "Day: Claude Code has used $12.50 of $10.00 (125 %).",
        data: {
          ...{ rule: "Day", kind: "cost", level: "over", value: 12.5, threshold: 10, window: "day" },
          ...{ model: null, project: null, session: null },
        },
      },
    },
  ]);
});

test("of a session its id leaves, and its title only as far as it may", async () => {
  using there = await hook();
  const rule: AlertRule = { ...day("webhook"), per: "session" };
  await using it = await watched([rule], { webhook: there.address });
  await it.alerts().entrust({ webhook: SECRET });
  it.tell(...costs("a", NOON, 12));
  await expect.poll(() => there.got.length, soon).toBe(1);
  expect(there.got[0]?.message).toMatchObject({
    text: "Day: session a has used $12.00 of $10.00 (120 %).",
    data: { session: { id: "a", title: "" } },
  });
  expect(await it.alerts().history({})).toMatchObject([{ session: { id: "a", title: "Title of a" } }]);
});

test("what does not arrive is tried again after 1, 4 and 16 seconds, the same, and then no more", async () => {
  using there = await hook(500, 302, 404, 429);
  await using it = await watched([day("webhook")], { webhook: there.address });
  await it.alerts().entrust({ webhook: SECRET });
  it.tell(...costs("a", NOON, 12));
  for (const [tries, pause] of [
    [1, 1000],
    [2, 4000],
    [3, 16_000],
  ] as const) {
    await expect.poll(() => state(it), soon).toEqual([`webhook due ${tries}`]);
    expect(it.clock.next).toBe(pause);
    it.clock.pass(pause - 1);
    expect(await state(it)).toEqual([`webhook due ${tries}`]);
    it.clock.pass(1);
  }
  await expect.poll(() => state(it), soon).toEqual(["webhook failed 4"]);
  it.clock.pass(3_600_000);
  expect(there.got).toHaveLength(4);
  expect(new Set(there.got.map(({ id }) => id)).size).toBe(1);
  expect(there.got.map(({ at }) => at - (there.got[0]?.at ?? 0))).toEqual([0, 1, 5, 21]);
  expect(there.got.every(({ isSigned }) => isSigned)).toBe(true);
  expect(it.failures).toEqual([undefined, undefined, undefined, expect.stringContaining("answered 429.")]);
  const [alert] = await it.alerts().history({});
  expect(alert?.deliveries[0]?.why).toMatch(/^127\.0\.0\.1:\d+ answered 429\.$/);
});

test("without a secret nothing is posted, and once there is one it is", async () => {
  using there = await hook();
  await using it = await watched([day("webhook")], { webhook: there.address });
  it.tell(...costs("a", NOON, 12));
  await expect.poll(() => state(it), soon).toEqual(["webhook due 1"]);
  expect(there.got).toEqual([]);
  await it.alerts().entrust({ webhook: SECRET });
  it.clock.pass(1000);
  await expect.poll(() => state(it), soon).toEqual(["webhook sent 2"]);
});

test.each([
  ["", "There is no webhook yet"],
  ["not a URL", "not a URL"],
  ["http://hooks.example.org/x", "https://"],
  ["http://127.0.0.1.example.org/x", "https://"],
  ["http://10.0.0.7/x", "https://"],
  ["ftp://127.0.0.1/x", "https://"],
  ["https://sam:pass@hooks.example.org/x", "must not hold a name or a password"],
])("to %s nothing is posted", async (webhook, why) => {
  await using it = await watched([], { webhook });
  await it.alerts().entrust({ webhook: SECRET });
  await expect(it.alerts().test("webhook")).rejects.toThrow(why);
});

test("what is wrong with a webhook is told without its path", async () => {
  using there = await hook();
  there[Symbol.dispose]();
  await using it = await watched([], { webhook: there.address });
  await it.alerts().entrust({ webhook: SECRET });
  const why = await it.alerts().test("webhook").catch(String);
  expect(why).toMatch(/127\.0\.0\.1:\d+ could not be reached/);
  expect(why).not.toContain("secret-path");
});

test("a test is sent at once, and leaves nothing in the history", async () => {
  using there = await hook();
  using office = await postOffice();
  await using it = await watched([], { webhook: there.address, mail: office.mail });
  await it.alerts().entrust({ webhook: SECRET, email: "the password" });
  await it.alerts().test("webhook");
  await it.alerts().test("email");
  expect(there.got[0]?.message).toMatchObject({ type: "test", text: expect.stringContaining("a test") });
  expect(office.letters[0]?.text).toContain("This is a test of Agent Trace");
  expect(await it.alerts().history({})).toEqual([]);
});

test("a mail is sent once, and again when the server wants it later", async () => {
  using office = await postOffice(1);
  await using it = await watched([day("email")], { mail: office.mail });
  await it.alerts().entrust({ email: "the password" });
  it.tell(...costs("a", NOON, 12));
  await expect.poll(() => state(it), soon).toEqual(["email due 1"]);
  it.clock.pass(1000);
  await expect.poll(() => state(it), soon).toEqual(["email sent 2"]);
  it.clock.pass(3_600_000);
  expect(office.tried()).toBe(2);
  expect(office.letters).toMatchObject([{ from: "trace@shop.test", to: ["sam@shop.test"] }]);
  expect(office.letters[0]?.text).toMatch(/^Subject: Agent Trace: Day\r$/m);
  expect(office.letters[0]?.text).toContain("Day: Claude Code has used $12.00 of $10.00 (120 %).");
});

test.each<[object, string | undefined, RegExp]>([
  [{ server: "" }, "x", /no mail's server yet/],
  [{ server: "imap://mail.example.org" }, "x", /smtps:\/\//],
  [{ server: "smtps://sam:pass@mail.example.org" }, "x", /does not belong into the settings/],
  [{ to: "" }, "x", /a sender and a receiver/],
  [{}, undefined, /no password/],
  [{}, "a wrong one", /did not take the mail: Invalid login/],
])("a mail with %j and the password %s is not sent, and it is told why", async (more, password, why) => {
  using office = await postOffice();
  await using it = await watched([], { mail: { ...office.mail, ...more } });
  if (password) await it.alerts().entrust({ email: password });
  await expect(it.alerts().test("email")).rejects.toThrow(why);
  expect(office.letters).toEqual([]);
});

test("another recorder goes on with what did not arrive, and leaves alone what may have", async () => {
  using there = await hook(500);
  await using it = await watched([day("webhook")], { webhook: there.address });
  await it.alerts().entrust({ webhook: SECRET });
  it.tell(...costs("a", NOON, 12));
  await expect.poll(() => state(it), soon).toEqual(["webhook due 1"]);
  const env = { AGENT_TRACE_WEBHOOK_SECRET: SECRET };
  await it.replace({}, env);
  await expect.poll(() => there.got.length, soon).toBe(2);
  await it.replace({}, env);
  expect(await it.words()).toEqual(["Day over all"]);
  it.clock.pass(3_600_000);
  expect(there.got).toHaveLength(2);
  const [how = ""] = await state(it);
  expect(["webhook sent 2", "webhook failed 2"]).toContain(how);
});

test("without an editor rules are put here, and the environment says where to", async () => {
  using there = await hook();
  await using it = await watched(undefined);
  const env = { AGENT_TRACE_WEBHOOK: there.address, AGENT_TRACE_WEBHOOK_SECRET: SECRET };
  await it.replace({}, env);
  await it.alerts().put(day("webhook"));
  expect(await it.alerts().rules()).toEqual({ from: "store", rules: [day("webhook")] });
  it.tell(...costs("a", NOON, 12));
  await expect.poll(() => state(it), soon).toEqual(["webhook sent 1"]);
  await it.alerts().put({ ...day(), threshold: 100 });
  it.tell();
  expect(await it.words()).toEqual(["Day over all ended"]);
  await it.alerts().remove("Day");
  expect((await it.alerts().rules()).rules).toEqual([]);
  await expect(it.alerts().remove("Day")).rejects.toThrow("There is no rule Day.");
  await expect(it.alerts().put({ ...day(), threshold: 0 })).rejects.toMatchObject({ statusCode: 400 });
});

test("where an editor's settings say the rules, they can't be changed elsewhere", async () => {
  await using it = await watched([day()]);
  await expect(it.alerts().put(day())).rejects.toMatchObject({ statusCode: 409 });
  await expect(it.alerts().remove("Day")).rejects.toThrow("agentTrace.alerts");
  expect(await it.alerts().rules()).toEqual({ from: "settings", rules: [day()] });
});
