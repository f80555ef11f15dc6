import { existsSync } from "node:fs";
import { copyFile, mkdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { cleanInstall } from "../../../../.scripts/npm.mjs";
import { ExpectedError } from "../../../../.scripts/step.mjs";
import wanted from "./package.json" with { type: "json" };

const here = import.meta.dirname;
const PROGRAM = `node-${process.platform}-${process.arch}`;
const versions: Record<string, string> = wanted.optionalDependencies;

/** A Node that has SQLite built in, from npm; it is no dependency, because only this benchmark wants it. */
export async function installNode24(cache: string): Promise<string> {
  const version = versions[PROGRAM];
  if (!version)
    throw new ExpectedError("The Node to compare with comes from npm, which has it for Linux only.");
  const folder = join(cache, `${PROGRAM}-${version}`);
  if (!existsSync(folder)) await install(folder);
  return join(folder, "node_modules", PROGRAM, "bin/node");
}

/** Installs beside the folder and renames: a folder of that name is complete. */
async function install(folder: string): Promise<void> {
  const partial = `${folder}.partial`;
  await mkdir(partial, { recursive: true });
  for (const file of ["package.json", "package-lock.json"])
    await copyFile(join(here, file), join(partial, file));
  await cleanInstall(partial);
  await rename(partial, folder);
}
