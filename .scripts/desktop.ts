import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Opening } from "./opening.ts";
import { ExpectedError } from "./step.mjs";

const OLDEST = [1, 100];

/** The version of the desktop VS Code whose `code` is on the PATH, if there is one. */
export function desktopVersion(): string | undefined {
  const { status, stdout } = code(["--version"]);
  return status === 0 ? /^\d+\.\d+\.\d+/.exec(stdout)?.[0] : undefined;
}

/** Opens Agent Trace from its source in the desktop VS Code, as F5 would. */
export function openDesktop(version: string, { root, folder, state, env, demo }: Opening): void {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major < (OLDEST[0] ?? 0) || (major === OLDEST[0] && minor < (OLDEST[1] ?? 0))) {
    process.stdout.write(
      `Agent Trace needs VS Code ${OLDEST.join(".")} or newer; yours is ${version}: update it.\n`,
    );
  }
  // The demo gets a profile of its own: a VS Code that runs already would not take the environment over.
  const profile = demo ? [`--user-data-dir=${join(state, "desktop")}`] : [];
  const { status, stderr } = code([`--extensionDevelopmentPath=${root}`, ...profile, folder], env);
  if (status !== 0) throw new ExpectedError(`\`code\` did not open a window:\n${stderr.trim()}`);
  process.stdout.write(`Agent Trace is open in VS Code ${version}: look for its icon in the activity bar.\n`);
}

function code(args: string[], env = {}): { status: number | null; stdout: string; stderr: string } {
  const shell = process.platform === "win32"; // code is a .cmd file there
  const quoted = shell ? args.map(arg => `"${arg}"`) : args;
  const { status, stdout, stderr } = spawnSync("code", quoted, {
    encoding: "utf8",
    shell,
    env: { ...process.env, ...env },
  });
  return { status, stdout: stdout ?? "", stderr: stderr ?? "" };
}
