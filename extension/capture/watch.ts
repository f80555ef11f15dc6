import { join } from "node:path";
import { watch } from "chokidar";
import type { Closable } from "../base/lifetime.ts";
import { PROJECTS } from "./folders.ts";
import { isTranscript } from "./transcripts.ts";

/** Calls `changed` for each transcript that appears or grows below the Claude folders, those to come included. */
export function watchTranscripts(
  folders: string[],
  changed: (path: string) => void,
  failed: (error: unknown) => void,
): Closable {
  const watcher = watch(
    folders.map(folder => join(folder, PROJECTS)),
    // What exists already was found by the first scan, newest first.
    { ignoreInitial: true, ignored: (path, info) => info?.isFile() === true && !isTranscript(path) },
  );
  watcher.on("add", changed).on("change", changed).on("error", failed);
  return watcher;
}
