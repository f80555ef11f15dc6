import { writeFileSync } from "node:fs";
import Mocha from "mocha";
import type { HostResults } from "./results.ts";

declare const HOST_FILES: string[]; // put in by run.ts: the names of all *.host.ts files

/** Called by VS Code inside its extension host; a rejection is its exit code 1. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ timeout: 60_000 });
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  for (const name of HOST_FILES) await import(`./${name}.host.ts`);
  const results = await collect(mocha);
  if (process.env.HOST_RESULTS) writeFileSync(process.env.HOST_RESULTS, JSON.stringify(results, null, 2));
  if (results.failed.length > 0) throw new Error(`${results.failed.length} failed`);
}

function collect(mocha: Mocha): Promise<HostResults> {
  const results: HostResults = { passed: [], failed: [], pending: [] };
  return new Promise(resolve => {
    const runner = mocha.run(() => resolve(results));
    runner.on("pass", test => {
      results.passed.push(test.fullTitle());
      print(`✓ ${test.fullTitle()} (${test.duration} ms)`);
    });
    runner.on("fail", (test, error: Error) => {
      results.failed.push({ name: test.fullTitle(), error: error.stack ?? error.message });
      print(`✗ ${test.fullTitle()}\n${error.stack ?? error.message}`);
    });
    runner.on("pending", test => {
      results.pending.push(test.fullTitle());
      print(`- ${test.fullTitle()} was skipped`);
    });
  });
}

// One call for each line: VS Code hands them on one by one.
function print(text: string): void {
  console.log(text);
}
