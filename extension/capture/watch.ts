import { existsSync } from "node:fs";
import { join } from "node:path";
import { watch } from "chokidar";
import { Lifetime } from "../base/lifetime.ts";
import { PROJECTS } from "./folders.ts";
import { findTranscripts, isTranscript } from "./transcripts.ts";

/** How often to look for a folder that does not exist yet: there is nothing to watch until then. */
const LOOK_EVERY = 2000;

/** Calls `changed` for each transcript that appears or grows below the Claude folders, those to come included. */
export function watchTranscripts(
  folders: string[],
  changed: (path: string) => void,
  failed: (error: unknown) => void,
): Lifetime {
  const life = new Lifetime();
  const exists = (folder: string) => existsSync(join(folder, PROJECTS));
  const watcher = watch(
    folders.filter(exists).map(folder => join(folder, PROJECTS)),
    {
      ignoreInitial: true, // what exists already was found by the first scan, newest first
      ignored: (path, info) => info?.isFile() === true && !isTranscript(path),
    },
  );
  life.add(watcher.on("add", changed).on("change", changed).on("error", failed));

  const missing = new Set(folders.filter(folder => !exists(folder)));
  const look = async () => {
    for (const folder of [...missing].filter(exists)) {
      missing.delete(folder);
      watcher.add(join(folder, PROJECTS));
      for (const { path } of await findTranscripts(folder)) changed(path);
    }
  };
  const timer = setInterval(() => void look().catch(failed), LOOK_EVERY);
  life.add({ close: () => clearInterval(timer) });
  return life;
}
