import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { checkNode, installDependencies } from "../../.scripts/dependencies.mjs";
import { npmProblem } from "../../.scripts/npm.mjs";

test.each([
  ["20.19.0", true],
  ["20.20.2", true],
  ["22.1.0", true],
  ["20.9.0", false],
  ["18.20.8", false],
])("Node %s is new enough for >=20.19: %s", (version, enough) => {
  const check = () => checkNode(version, ">=20.19");
  if (enough) expect(check).not.toThrow();
  else expect(check).toThrow(`Agent Trace needs Node 20.19 or newer; this is Node ${version}.`);
});

test.each([
  ["npm error code ENOSPC", "The disk is full."],
  ["npm error code EACCES", "This folder cannot be written to."],
  ["npm error code EAI_AGAIN", "npm could not reach its registry."],
  ["npm error code EUSAGE", "package-lock.json does not fit."],
  ["something new", "npm failed.\nnpm said:\nsomething new"],
])("of %j it says: %s", (output, advice) => {
  expect(npmProblem(output)).toContain(advice);
});

test("dependencies are installed once for each lock file", async () => {
  const folder = mkdtempSync(join(tmpdir(), "agent-trace-prepare-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const lock = (name: string) => JSON.stringify({ name, lockfileVersion: 3, packages: { "": { name } } });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "a" }));
  writeFileSync(join(folder, "package-lock.json"), lock("a"));
  await expect(installDependencies(folder)).resolves.toBe(true);
  await expect(installDependencies(folder)).resolves.toBe(false);
  writeFileSync(join(folder, "package-lock.json"), `${lock("a")}\n`);
  await expect(installDependencies(folder)).resolves.toBe(true);
});
