import { createHash } from "node:crypto";
import { createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import { askMeeting, holdMeeting, type Meeting } from "../../../extension/base/meeting.ts";

let token = "";
const held: (Meeting | undefined)[] = [];

async function hold(): Promise<Meeting | undefined> {
  const meeting = await holdMeeting(token);
  held.push(meeting);
  return meeting;
}

afterEach(() => {
  for (const meeting of held.splice(0)) meeting?.close();
});

test("nobody answers where nobody holds it", async () => {
  token = crypto.randomUUID();
  expect(await askMeeting(token)).toBe("nobody");
});

test("only one can hold it, and whoever asks learns its port", async () => {
  token = crypto.randomUUID();
  const [first, second] = await Promise.all([hold(), hold()]);
  const winner = first ?? second;
  expect([first, second].filter(Boolean)).toHaveLength(1);
  winner?.tell(4711);
  expect(await askMeeting(token)).toBe(4711);
});

test("whoever asks before the owner is ready waits for it", async () => {
  token = crypto.randomUUID();
  const meeting = await hold();
  const asked = askMeeting(token);
  setTimeout(() => meeting?.tell(4712), 50);
  expect(await asked).toBe(4712);
});

test("an owner that takes its time to get ready is waited for, as long as it lives", async () => {
  token = crypto.randomUUID();
  const meeting = await hold();
  setTimeout(() => meeting?.tell(4714), 1500);
  expect(await askMeeting(token, { patience: 1000 })).toBe(4714);
});

test("one that hangs is told from one that is gone", async () => {
  token = crypto.randomUUID();
  const name = createHash("sha256").update(token).digest("hex").slice(0, 24);
  const hung = createServer(() => {});
  await new Promise<void>(resolve => hung.listen(`\0agent-trace-${name}`, resolve));
  expect(await askMeeting(token, { patience: 50 })).toBe("silent");
  hung.close();
});

test("whoever waits for an owner that never got ready hears at once that it is gone", async () => {
  token = crypto.randomUUID();
  const meeting = await hold();
  const asked = askMeeting(token, { patience: 10_000 });
  await new Promise(resolve => setTimeout(resolve, 50));
  const before = performance.now();
  meeting?.close();
  expect(await asked).toBe("nobody");
  expect(performance.now() - before).toBeLessThan(2000);
});

test("the next generation meets elsewhere", async () => {
  token = crypto.randomUUID();
  await hold();
  expect(await askMeeting(token, { generation: 1 })).toBe("nobody");
  const next = await holdMeeting(token, 1);
  held.push(next);
  next?.tell(4715);
  expect(await askMeeting(token, { generation: 1 })).toBe(4715);
});

test("the question can be taken back", async () => {
  token = crypto.randomUUID();
  await hold();
  const before = performance.now();
  await askMeeting(token, { signal: AbortSignal.timeout(50) });
  expect(performance.now() - before).toBeLessThan(1500);
});

test("whoever holds the name without the token is not believed", async () => {
  token = crypto.randomUUID();
  const name = createHash("sha256").update(token).digest("hex").slice(0, 24);
  const squatter = createServer(socket => socket.end(JSON.stringify({ port: 1, proof: "made up" })));
  await new Promise<void>(resolve => squatter.listen(`\0agent-trace-${name}`, resolve));
  expect(await hold()).toBeUndefined();
  expect(await askMeeting(token)).toBe("silent");
  squatter.close();
});

test("it is free again as soon as its holder is closed", async () => {
  token = crypto.randomUUID();
  (await hold())?.close();
  expect(await hold()).toBeDefined();
});

test("another token meets elsewhere", async () => {
  token = crypto.randomUUID();
  (await hold())?.tell(4713);
  expect(await askMeeting(crypto.randomUUID())).toBe("nobody");
});
