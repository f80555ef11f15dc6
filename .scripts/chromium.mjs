import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { ExpectedError, step } from "./step.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const PLACES = [
  "/usr/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/**
 * The Chromium (or Chrome) of this machine; $CHROMIUM decides when it is set.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export function findChromium(env = process.env) {
  if (env.CHROMIUM) {
    if (isExecutable(env.CHROMIUM)) return env.CHROMIUM;
    throw new ExpectedError(`CHROMIUM is ${env.CHROMIUM}, which cannot be run. Correct or unset it.`);
  }
  const folders = (env.PATH || "").split(delimiter).filter(Boolean);
  const onPath = NAMES.flatMap(name => folders.map(folder => join(folder, name)));
  return [...onPath, ...PLACES].find(isExecutable);
}

/** Finds Chromium, or installs it where apt-get may be used without asking. */
export async function ensureChromium() {
  if (findChromium()) return;
  const prefix = aptPrefix();
  if (prefix) await step("Installing Chromium with apt-get", () => aptInstall(prefix));
  if (!findChromium()) throw new ExpectedError(advice());
}

function advice() {
  const how = /** @type {Record<string, string>} */ ({
    darwin: "Install Google Chrome, for example with `brew install --cask google-chrome`.",
    win32: "Install Google Chrome, for example with `winget install Google.Chrome`.",
    linux: "Install the package chromium, for example with `sudo apt-get install chromium`.",
  });
  return `The tests drive VS Code in Chromium, and none was found.\n${how[process.platform] || "Install Chromium."}\nOr set CHROMIUM to the path of one.`;
}

/** @returns {string[] | undefined} */
function aptPrefix() {
  const works = (/** @type {string[]} */ command) =>
    spawnSync(command[0] || "", command.slice(1), { stdio: "ignore" }).status === 0;
  if (!works(["apt-get", "--version"])) return undefined;
  if (process.getuid && process.getuid() === 0) return ["env"];
  return works(["sudo", "-n", "true"]) ? ["sudo", "-n", "env"] : undefined;
}

/** @param {string[]} prefix */
function aptInstall(prefix) {
  for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
    const command = [...prefix, "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", ...args];
    const { status, stderr } = spawnSync(command[0] || "", command.slice(1), { encoding: "utf8" });
    if (status === 0) continue;
    const tail = (stderr || "").trim().split("\n").slice(-5).join("\n");
    throw new ExpectedError(`apt-get ${args[0]} failed:\n${tail}\n\n${advice()}`);
  }
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
