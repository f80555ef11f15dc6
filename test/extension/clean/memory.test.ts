import { expect, test } from "vitest";
import { blankMemory, forgetCall, rememberCall, rememberRead } from "../../../extension/clean/memory.ts";

const call = { name: "Bash", at: 1, spot: { offset: 0, length: 10 }, session: "s" };

test("so many open calls are remembered, the oldest goes first", () => {
  const memory = blankMemory();
  for (let i = 0; i < 250; i++) rememberCall(memory, `t${i}`, call);
  const ids = Object.keys(memory.calls);
  expect([ids.length, ids[0], ids.at(-1)]).toEqual([200, "t50", "t249"]);
});

test("with a call go the lines that its sub-agent wrote", () => {
  const memory = { ...blankMemory(), inline: { u1: "t1", u2: "t2", u3: "t1" } };
  rememberCall(memory, "t1", call);
  forgetCall(memory, "t1");
  expect(memory).toEqual({ calls: {}, inline: { u2: "t2" }, reads: {}, head: {} });
});

test("to forget what is not known does no harm", () => {
  const memory = blankMemory();
  forgetCall(memory, "t1");
  expect(memory).toEqual(blankMemory());
});

test("so many files that were shown are remembered, the oldest goes first, each where it was shown last", () => {
  const memory = blankMemory();
  for (let i = 0; i < 120; i++) rememberRead(memory, `f${i}`, call.spot);
  rememberRead(memory, "f50", { offset: 7, length: 7 });
  const files = Object.keys(memory.reads);
  expect([files.length, files[0], files.at(-1), memory.reads.f50?.offset]).toEqual([100, "f20", "f119", 7]);
});
