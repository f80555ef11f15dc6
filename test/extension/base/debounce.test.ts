import { expect, test, vi } from "vitest";
import { debounce } from "../../../extension/base/debounce.ts";

test("many calls become one, and none after it is closed", () => {
  vi.useFakeTimers();
  let calls = 0;
  const call = debounce(
    () => calls++,
    () => 100,
  );
  for (let i = 0; i < 5; i++) call();
  vi.advanceTimersByTime(100);
  expect(calls).toBe(1);
  call();
  call.close();
  vi.advanceTimersByTime(100);
  expect(calls).toBe(1);
  vi.useRealTimers();
});
