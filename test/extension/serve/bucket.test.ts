import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Bucket } from "../../../extension/serve/bucket.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

const taken = (bucket: Bucket, times: number) =>
  Array.from({ length: times }, () => bucket.take()).filter(Boolean).length;

test.each([
  ["a burst passes, and no more", 0, 5],
  ["then as many as come in again with the time", 300, 3],
  ["after a quiet while there is a burst again, and no more than that", 60_000, 5],
])("%s", (_, ms, passes) => {
  const bucket = new Bucket({ perSecond: 10, burst: 5 });
  expect(taken(bucket, 10)).toBe(5);
  if (ms === 0) return;
  vi.advanceTimersByTime(ms);
  expect(taken(bucket, 10)).toBe(passes);
});
