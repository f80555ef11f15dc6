import { join } from "node:path";
import type { Version } from "../test/vscode/install.ts";
import { readHost, readVitest } from "./results.ts";
import type { Results } from "./verdict.ts";

/** One part of the tests: a command, and where its results are. */
export interface Part {
  name: string;
  command: string[];
  env?: Record<string, string>;
  /** The file with its results, and how to read it; a part without has no tests. */
  results?: string;
  read?: (file: string) => Results | undefined;
  /** Whether it needs the packaged extension and a VS Code to put it in. */
  vscode?: Version;
}

/** The folder of this project. */
export const root = join(import.meta.dirname, "..");

/** The packaged extension. */
export const vsix = join(root, "out/agent-trace.vsix");

const node = process.execPath;

/** All parts, in the order in which they run: the quick ones first, and the bundles before what runs them. */
export const PARTS: Part[] = [
  { name: "check", command: ["npm", "run", "--silent", "check"] },
  { name: "package", command: ["npm", "run", "--silent", "package"] },
  vitest("unit", ["unit", "webview"]),
  vitest("browser", ["browser"]),
  host("oldest"),
  host("newest"),
  vscode("oldest"),
  vscode("newest"),
  vitest("clone", ["clone"]),
];

function vitest(name: string, projects: string[]): Part {
  const results = join(root, `out/test/${name}.json`);
  return {
    name,
    command: [
      ...[node, "node_modules/vitest/vitest.mjs", "run", "--config", "test/vitest.config.mts"],
      ...projects.flatMap(project => ["--project", project]),
      ...["--reporter=default", "--reporter=json", `--outputFile.json=${results}`],
    ],
    results,
    read: readVitest,
  };
}

function vscode(version: Version): Part {
  const part = vitest(`vscode-${version}`, ["vscode"]);
  return { ...part, vscode: version, env: { VSCODE_VERSION: version } };
}

function host(version: Version): Part {
  const results = join(root, `out/test/host-${version}.json`);
  return {
    name: `host-${version}`,
    command: [node, "--import", "tsx", "test/vscode/host/run.ts"],
    env: { VSCODE_VERSION: version, HOST_RESULTS: results },
    results,
    read: readHost,
    vscode: version,
  };
}
