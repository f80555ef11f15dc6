import { existsSync, readFileSync } from "node:fs";
import type { HostResults } from "../test/vscode/host/results.ts";
import type { Results } from "./verdict.ts";

// Of vitest's JSON reporter, what is needed here.
interface VitestReport {
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages?: string[] }[];
  }[];
}

/** Reads the results which vitest has written; undefined when there are none. */
export function readVitest(file: string): Results | undefined {
  return parse<VitestReport, Results>(file, ({ testResults }) => {
    const tests = testResults.flatMap(each => each.assertionResults);
    const ended = (...wanted: string[]) => tests.filter(test => wanted.includes(test.status));
    // A file which could not be loaded is a failure without a test.
    const broken = testResults.filter(each => each.status === "failed" && each.assertionResults.length === 0);
    return {
      passed: ended("passed").map(test => test.fullName),
      failed: [
        ...ended("failed").map(test => ({
          name: test.fullName,
          why: test.failureMessages?.join("\n") ?? "",
        })),
        ...broken.map(each => ({ name: each.name, why: each.message })),
      ],
      skipped: ended("skipped", "pending", "todo", "disabled").map(test => test.fullName),
    };
  });
}

/** Reads the results of the suite that ran inside VS Code; undefined when there are none. */
export function readHost(file: string): Results | undefined {
  return parse<HostResults, Results>(file, ({ passed, failed, pending }) => ({
    passed,
    failed: failed.map(each => ({ name: each.name, why: each.error })),
    skipped: pending,
  }));
}

function parse<From, To>(file: string, convert: (from: From) => To): To | undefined {
  return existsSync(file) ? convert(JSON.parse(readFileSync(file, "utf8"))) : undefined;
}
