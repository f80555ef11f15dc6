import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import { type FSWatcher, watch } from "chokidar";
import { debounce } from "../base/debounce.ts";
import { Lifetime } from "../base/lifetime.ts";
import { every } from "../base/timers.ts";
import { PROJECTS } from "./folders.ts";
import { isTranscript } from "./transcripts.ts";

/** How often to look whether a folder came or went: one that is not there can't be watched. */
const LOOK_EVERY = 2000;
/** How often to look through a folder of whose changes nobody tells, and through all others, to be sure. */
const POLL_EVERY = 3000;
const MAKE_SURE_EVERY = 120_000;

/** What a watcher tells. */
export interface WatchOutput {
  /** A transcript appeared or grew. */
  changed(path: string): void;
  /** A Claude folder is to be looked through: it appeared, or more happened there than file events tell. */
  look(folder: string): void;
  failed(error: unknown): void;
}

/** Tells what happens to the transcripts below Claude folders; those that are not there are waited for. */
export function watchTranscripts(folders: string[], output: WatchOutput): Lifetime {
  const life = new Lifetime();
  const watched = new Map<string, Lifetime>();
  const look = (first = false) => {
    for (const folder of folders) {
      const there = existsSync(join(folder, PROJECTS));
      if (there === watched.has(folder)) continue;
      void watched.get(folder)?.close();
      watched.delete(folder);
      if (!there || life.ended) continue;
      watched.set(folder, life.add(watchFolder(folder, output)));
      if (!first) output.look(folder);
    }
  };
  look(true);
  life.add(every(LOOK_EVERY, () => look()));
  return life;
}

function watchFolder(folder: string, output: WatchOutput): Lifetime {
  const life = new Lifetime();
  const again = life.add(
    debounce(
      () => output.look(folder),
      () => 200,
    ),
  );
  const poll = (ms: number) => life.add(every(ms, () => output.look(folder)));
  let often = false;
  const pollOften = () => {
    if (!often) poll(POLL_EVERY);
    often = true;
  };
  const follow = async () => {
    if (await isSilent(folder)) pollOften();
    else if (!life.ended)
      life.add(
        follower(folder, output.changed, again, error => {
          // Linux has only so many watchers for all programs together.
          pollOften();
          output.failed(error);
        }),
      );
  };
  void follow();
  poll(MAKE_SURE_EVERY);
  return life;
}

/** Watches the directories only, and not each of thousands of files: they tell which of their files changed. */
function follower(
  folder: string,
  changed: (path: string) => void,
  again: () => void,
  failed: (error: unknown) => void,
): FSWatcher {
  const watcher = watch(join(folder, PROJECTS), {
    ignoreInitial: true,
    ignored: (_path, info) => info?.isFile() === true,
  });
  watcher.on("raw", (_event, name: string | null, where) => {
    const path = join((where as { watchedPath: string }).watchedPath, name ?? "");
    if (name === null) again();
    else if (isTranscript(path)) changed(path);
  });
  // What was written into a directory before it was watched nobody told of.
  watcher.on("addDir", () => again());
  watcher.on("ready", () => again());
  watcher.on("error", failed);
  return watcher;
}

// The kinds of file systems that other machines, or the host of a container, write to without our hearing of it,
// by the number that Linux gives them: NFS, SMB in three forms, 9P (WSL's drives), FUSE (container mounts), AFS.
const SILENT = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997, 0x65735546, 0x5346414f]);

/** Whether file events can't be relied on in a folder. */
async function isSilent(folder: string): Promise<boolean> {
  const kind = await statfs(folder).catch(() => undefined);
  return kind !== undefined && SILENT.has(Number(kind.type) >>> 0);
}
