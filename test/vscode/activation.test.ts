import { statSync } from "node:fs";
import { expect, test } from "vitest";
import { unpackDemo } from "../../extension/capture/demo.ts";
import { openVSCode } from "./editor.ts";
import { createHome } from "./home.ts";
import { version, vsix } from "./version.ts";

test("activation costs next to nothing: the quickest of three starts, by VS Code's own table", async () => {
  await using home = createHome();
  await unpackDemo("media/demo", home.claude);
  await using editor = await openVSCode({ version, home, vsix: vsix() });
  const window = await editor.window(home.project("shop"));
  const starts: number[] = [];
  for (let i = 0; i < 3; i++) {
    if (i > 0) await window.reload();
    const { loadCode, callActivate } = await window.startupTimes("agent-trace.agent-trace");
    starts.push(loadCode + callActivate);
  }
  const [, median = Number.NaN] = starts.toSorted((a, b) => a - b);
  console.log(`activation (load + call): ${starts.join(", ")} ms, median ${median} ms`);
  console.log(`VSIX: ${statSync("out/agent-trace.vsix").size.toLocaleString("en")} bytes`);
  // The aim is 50 ms. What else a machine does can only make a start slower; that it is slow each time is ours.
  expect(Math.min(...starts)).toBeLessThan(100);
});
