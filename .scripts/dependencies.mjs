import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cleanInstall } from "./npm.mjs";
import { ExpectedError, step } from "./step.mjs";

/**
 * Refuses a Node that is older than what package.json asks for.
 * @param {string} version
 * @param {string} wanted
 */
export function checkNode(version, wanted) {
  const [major = 0, minor = 0] = numbers(version);
  const [needMajor = 0, needMinor = 0] = numbers(wanted);
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  throw new ExpectedError(
    `Agent Trace needs Node ${needMajor}.${needMinor} or newer; this is Node ${version}.\nInstall a newer one (nodejs.org, or \`nvm install 22\`) and run the command again.`,
  );
}

/** @param {string} version */
function numbers(version) {
  return (version.match(/\d+/g) || []).map(Number);
}

/**
 * Installs the dependencies, unless the folder already has those of the present lock file; answers whether it did.
 * @param {string} folder
 */
export async function installDependencies(folder) {
  const stamp = join(folder, "node_modules", ".installed");
  const lock = createHash("sha256")
    .update(readFileSync(join(folder, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return false;
  checkWritable(folder);
  await step("Installing dependencies", () => cleanInstall(folder));
  mkdirSync(join(folder, "node_modules"), { recursive: true }); // npm makes none where nothing is needed
  writeFileSync(stamp, lock);
  return true;
}

/** @param {string} folder */
function checkWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new ExpectedError(
      `${folder} cannot be written to. Make yourself its owner, or copy the project to a folder of your own.`,
    );
  }
}
