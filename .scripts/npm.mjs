import { spawn } from "node:child_process";
import { ExpectedError } from "./step.mjs";

const QUIET = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];

const PROBLEMS = [
  [/ENOSPC/, "The disk is full. Free about 2 GB and run the command again."],
  [
    /EACCES|EPERM|EROFS/,
    "This folder cannot be written to. Make yourself its owner, or copy the project to a folder of your own.",
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|network/i,
    "npm could not reach its registry. Check the network and `npm config get registry`, then run the command again.",
  ],
  [
    /EUSAGE|EINTEGRITY/,
    "package-lock.json does not fit. Get it back with `git checkout package-lock.json`, then run the command again.",
  ],
];

/**
 * What to tell someone whose npm failed with this output.
 * @param {string} output
 */
export function npmProblem(output) {
  const found = PROBLEMS.find(([sign]) => /** @type {RegExp} */ (sign).test(output));
  const advice = found ? found[1] : "npm failed.";
  const tail = output.trim().split("\n").slice(-8).join("\n");
  return tail ? `${advice}\nnpm said:\n${tail}` : `${advice}`;
}

/**
 * Installs what the folder's lock file names, exactly; nothing that is installed gets to run.
 * @param {string} folder
 */
export async function cleanInstall(folder) {
  const { code, output } = await npm(["ci", ...QUIET], folder);
  if (code !== 0) throw new ExpectedError(npmProblem(output));
}

/**
 * Runs one of the scripts in package.json; its output is shown only when it fails.
 * @param {string} script
 * @param {string} folder
 */
export async function runScript(script, folder) {
  const { code, output } = await npm(["run", "--silent", script], folder);
  if (code !== 0) throw new ExpectedError(`\`npm run ${script}\` failed:\n${output.trim()}`);
}

/**
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<{ code: number, output: string }>}
 */
function npm(args, cwd) {
  return new Promise(resolve => {
    // On Windows npm is a .cmd file, which only a shell can start.
    const child = spawn("npm", args, { cwd, shell: process.platform === "win32" });
    let output = "";
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk;
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", error => resolve({ code: 1, output: `${error.message}\nIs npm on your PATH?` }));
    child.once("close", code => resolve({ code: code === null ? 1 : code, output }));
  });
}
