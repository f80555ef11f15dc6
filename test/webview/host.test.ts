import { beforeEach, expect, test, vi } from "vitest";
import type { Call, ToWebview } from "../../extension/pages.ts";

const sent: Call[] = [];
let kept: unknown;
vi.stubGlobal("acquireVsCodeApi", () => ({
  postMessage: (call: Call) => sent.push(call),
  getState: () => kept,
  setState: (state: unknown) => {
    kept = state;
  },
}));
const { host, onChanged, remember, remembered } = await import("../../webview/host.ts");

const reply = (data: ToWebview) => window.dispatchEvent(new MessageEvent("message", { data }));
const last = () => sent.at(-1)?.call ?? 0;

beforeEach(() => void sent.splice(0));

test("a method call becomes a message, and its answer the result", async () => {
  const asked = host.content("t1");
  expect(sent).toEqual([{ call: last(), method: "content", args: ["t1"] }]);
  reply({ call: last(), ok: "c" });
  expect(await asked).toBe("c");
});

test("an error there is an error here", async () => {
  const asked = host.session(undefined);
  reply({ call: last(), err: "This session is not known." });
  await expect(asked).rejects.toThrow("This session is not known.");
});

test("answers find their own calls, in whatever order they come", async () => {
  const first = host.sessionId();
  const second = host.sessionId();
  reply({ call: last(), ok: "second" });
  reply({ call: last() - 1, ok: "first" });
  expect(await Promise.all([first, second])).toEqual(["first", "second"]);
});

test("a hint is heard until the listener goes", () => {
  let heard = 0;
  const stop = onChanged(() => heard++);
  reply({ hint: "changed" });
  stop();
  reply({ hint: "changed" });
  expect(heard).toBe(1);
});

test("what is remembered comes together", () => {
  remember({ session: "s" });
  remember({ speed: 2 });
  expect(remembered()).toEqual({ session: "s", speed: 2 });
});
