import { existsSync } from "node:fs";
import { join } from "node:path";
import { watch } from "chokidar";
import { Lifetime } from "../base/lifetime.ts";
import { PROJECTS } from "./folders.ts";
import { isTranscript } from "./transcripts.ts";

/** How often to look whether a folder came or went: one that is not there can't be watched. */
const LOOK_EVERY = 2000;

/** What a watcher tells. */
export interface WatchOutput {
  /** A transcript appeared or grew. */
  changed(path: string): void;
  /** A Claude folder appeared, with whatever is in it. */
  appeared(folder: string): void;
  failed(error: unknown): void;
}

/** Watches the transcripts below Claude folders; those that are not there are looked for until they come. */
export function watchTranscripts(folders: string[], output: WatchOutput): Lifetime {
  const life = new Lifetime();
  const exists = (folder: string) => existsSync(join(folder, PROJECTS));
  const present = new Set(folders.filter(exists));
  const watcher = watch(
    [...present].map(folder => join(folder, PROJECTS)),
    {
      ignoreInitial: true, // what exists already was found by the first scan, newest first
      ignored: (path, info) => info?.isFile() === true && !isTranscript(path),
    },
  );
  life.add(watcher.on("add", output.changed).on("change", output.changed).on("error", output.failed));

  const look = () => {
    for (const folder of folders) {
      if (exists(folder) === present.has(folder)) continue;
      if (present.delete(folder)) {
        watcher.unwatch(join(folder, PROJECTS));
      } else {
        present.add(folder);
        watcher.add(join(folder, PROJECTS));
        output.appeared(folder);
      }
    }
  };
  const timer = setInterval(look, LOOK_EVERY);
  life.add({ close: () => clearInterval(timer) });
  return life;
}
