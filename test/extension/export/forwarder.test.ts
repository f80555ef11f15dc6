import { expect, test, vi } from "vitest";
import { Forwarder } from "../../../extension/export/forwarder.ts";
import { spansOf } from "../../../extension/export/spans.ts";
import type { Session, SessionStatus } from "../../../extension/protocol.ts";
import { scratch } from "../../scratch.ts";
import { collector, status } from "./collector.ts";
import { prompt, step, trace } from "./sample.ts";

vi.setConfig({ testTimeout: 20_000 });

const PAUSES = { soon: 5, later: 20, failed: 20, longest: 100 };

/** Sessions that change as a test says. */
function recorded() {
  const sessions = new Map<string, Session>();
  const put = (id: string, state: SessionStatus, calls: string[], more: { running?: string } = {}) => {
    const steps = calls.map(id => step({ id, status: id === more.running ? "running" : "ok" }));
    const endedAt = (steps.at(-1)?.startedAt ?? 0) + 1;
    const session = trace([{ ...prompt("do", steps), id: "prompt" }], { id, status: state, endedAt });
    sessions.set(id, { ...session, transcript: "" });
  };
  const api = {
    sessions: async () => [...sessions.values()] as never[],
    session: async (id: string) => sessions.get(id) as Session,
    content: async () => ({ text: "", from: "transcript" as const, cut: false }),
    edits: async () => [],
    state: async () => ({ redact: [] }) as never,
  };
  return { api, put, sessions };
}

async function forwarding() {
  const [there, home, { api, put, sessions }] = [await collector(), await scratch(), recorded()];
  const problems: (string | undefined)[] = [];
  const terms = { to: there.to, words: "none" as const, since: 0 };
  const open = () => new Forwarder(api, home.path, terms, why => problems.push(why), PAUSES);
  let forwarder = open();
  return {
    ...{ there, put, problems, hear: (id: string) => forwarder.hear(id) },
    got: () => there.got.flatMap(({ spans }) => spans),
    /** As another recorder that takes over. */
    async again() {
      await forwarder.close();
      forwarder = open();
    },
    waiting: () => forwarder.waiting,
    all: () => [...sessions.values()].flatMap(session => spansOf(session as never)),
    async [Symbol.asyncDispose]() {
      await forwarder.close();
      there[Symbol.dispose]();
      await home[Symbol.asyncDispose]();
    },
  };
}

const soon = (check: () => void) => vi.waitFor(check, 10_000);

const names = (spans: { name: string }[]) => spans.map(({ name }) => name);

test("as a session pauses what it did goes, once; the session itself when it is over", async () => {
  await using it = await forwarding();
  it.put("a", "running", ["one"]);
  it.hear("a");
  await new Promise(resolve => setTimeout(resolve, 100));
  expect(it.got()).toEqual([]);
  it.put("a", "waiting", ["one", "two"], { running: "two" });
  it.hear("a");
  await soon(() => expect(names(it.got())).toEqual(["prompt", "execute_tool Bash"]));
  it.put("a", "waiting", ["one", "two", "three"]);
  it.hear("a");
  await soon(() => expect(it.got().length).toBe(4));
  it.put("a", "done", ["one", "two", "three"]);
  await soon(() => expect(names(it.got())).toContain("invoke_agent Claude Code"));
  await soon(() => expect(it.waiting()).toBe(0));
  const ids = it.got().map(({ spanId }) => spanId);
  expect(ids.toSorted()).toEqual(
    it
      .all()
      .map(({ spanId }) => spanId)
      .toSorted(),
  );
});

test("whoever takes over sends what is missing, and nothing again", async () => {
  await using it = await forwarding();
  it.put("a", "done", ["one"]);
  it.hear("a");
  await soon(() => expect(it.waiting()).toBe(0));
  expect(it.got().length).toBe(3);
  it.put("b", "done", ["two"]);
  await it.again();
  await soon(() => expect(it.got().length).toBe(6));
  await it.again();
  await soon(() => expect(it.problems.length).toBeGreaterThan(2));
  expect(it.got().length).toBe(6);
});

test("when the other side dies midway nothing is lost, and nothing there twice", async () => {
  await using it = await forwarding();
  const sessions = ["a", "b", "c", "d", "e", "f"];
  const calls = (id: string) => Array.from({ length: 40 }, (_, i) => `${id}-${i}`);
  for (const id of sessions) it.put(id, "done", calls(id));
  // It takes the third and dies before it can say so.
  it.there.answers.push(...Array(2).fill(status(200)), () => it.there.stop());
  for (const id of sessions) it.hear(id);
  await soon(() => expect(it.problems.at(-1)).toMatch(/did not take the spans/));
  await it.again();
  await it.there.again();
  const all = it.all();
  await soon(() => expect(new Set(it.got().map(({ spanId }) => spanId)).size).toBe(all.length));
  const got = it.got();
  const once = new Map(got.map(span => [span.spanId, span]));
  expect([...once.keys()].toSorted()).toEqual(all.map(({ spanId }) => spanId).toSorted());
  // What it took without saying so came again as the very same spans, which have the same ids.
  expect(got.length - all.length).toBeLessThanOrEqual(42);
  for (const span of got) expect(span).toEqual(once.get(span.spanId));
});

test("spans that the other side will never take don't keep the rest waiting, and are told of", async () => {
  await using it = await forwarding();
  it.there.answers.push(status(413));
  it.put("a", "done", ["one"]);
  it.put("b", "done", ["two"]);
  for (const id of ["a", "b"]) it.hear(id);
  await soon(() => expect(it.waiting()).toBe(0));
  expect(it.there.got.length).toBe(2);
  expect(it.problems.at(-1)).toMatch(/Some spans were not wanted: .*413/);
});
