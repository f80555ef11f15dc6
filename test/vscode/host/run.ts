import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { build } from "esbuild";
import { ExpectedError, main } from "../../../.scripts/step.mjs";
import { throwAwayFolder } from "../folder.ts";
import { createHome, hermeticEnv } from "../home.ts";
import type { HostResults } from "./results.ts";

const here = import.meta.dirname;
const root = join(here, "../../..");
const bundle = join(root, "out/host/index.cjs");
const resultsFile = process.env.HOST_RESULTS ?? join(root, "out/host/results.json");

void main(async () => {
  await bundleSuite();
  rmSync(resultsFile, { force: true });
  const failure = await runInVSCode();
  if (!existsSync(resultsFile)) throw new ExpectedError(`The suite gave no result. ${failure}`);
  const { passed, failed, pending }: HostResults = JSON.parse(readFileSync(resultsFile, "utf8"));
  process.stdout.write(`${passed.length} passed, ${failed.length} failed\n`);
  const incomplete = passed.length === 0 || pending.length > 0 || failure !== "";
  if (failed.length > 0 || incomplete) process.exitCode = 1;
});

async function bundleSuite(): Promise<void> {
  const files = readdirSync(here).filter(name => name.endsWith(".host.ts"));
  const names = files.map(name => name.replace(".host.ts", ""));
  await build({
    entryPoints: [join(here, "index.ts")],
    outfile: bundle,
    bundle: true,
    platform: "node",
    format: "cjs",
    sourcemap: "inline",
    external: ["vscode", "mocha"],
    define: { HOST_FILES: JSON.stringify(names) },
    logLevel: "warning",
  });
}

/** Runs the suite in the desktop VS Code of $VSCODE_EXECUTABLE, else in the one from npm; returns what went wrong. */
async function runInVSCode(): Promise<string> {
  await using home = createHome();
  await using profile = throwAwayFolder("profile");
  try {
    await runTests({
      vscodeExecutablePath: process.env.VSCODE_EXECUTABLE ?? join(here, "../code-shim.mjs"),
      extensionDevelopmentPath: root,
      extensionTestsPath: bundle,
      launchArgs: [home.project("workspace"), `--user-data-dir=${profile.path}`, "--disable-extensions"],
      extensionTestsEnv: environment(home.path),
    });
    return "";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

// test-electron adds to our own environment; undefined takes a name out of it.
function environment(home: string): NodeJS.ProcessEnv {
  const none = Object.fromEntries(Object.keys(process.env).map(name => [name, undefined]));
  const { VSCODE_VERSION } = process.env;
  return { ...none, ...hermeticEnv(home), VSCODE_VERSION, HOST_RESULTS: resultsFile };
}
