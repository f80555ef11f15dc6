import { debounce } from "./base/debounce.ts";
import { reason } from "./base/expected-error.ts";
import { count } from "./base/format.ts";
import type { Lifetime } from "./base/lifetime.ts";
import { once } from "./base/timers.ts";
import { pathKeyOf } from "./base/token.ts";
import { Scanner } from "./capture/scanner.ts";
import { watchTranscripts } from "./capture/watch.ts";
import type { Terms } from "./clean/turn.ts";
import type { Store } from "./db/store.ts";
import { StoreError } from "./db/trouble.ts";
import type { Piece } from "./parse.ts";
import { Reader } from "./reader.ts";
import type { Recorder } from "./recording.ts";

/** After how long a terminal that asked one question has its answer, and other work may begin. */
export const answered = () => 300;

/** Reads what the scanner finds, then what the watcher tells of, with a hint for each session it was about. */
export function readTranscripts(
  recorder: Recorder,
  reading: Lifetime,
  store: Store,
  terms: Terms,
  allRead: () => void,
) {
  const { folders, hints, notes, home } = recorder;
  const trouble = new Trouble(recorder, () => again());
  const output = {
    known: (path: string) => store.progress(path),
    take: (pieces: Iterable<Piece>, rows: number) => {
      for (const session of writePieces(store, pieces, rows)) hints.fire({ kind: "session", session });
    },
    done: (path: string, error?: unknown) => {
      trouble.tell(path, error);
      finished(path);
    },
  };
  const reader = reading.add(new Reader({ key: pathKeyOf(home), ...terms }, output));
  const finished = (path: string) => {
    if (!scanner.done(path)) return;
    hints.fire({ kind: "state" });
    allRead();
    watch();
  };
  const scanner = new Scanner(files => {
    const seen = store.seen();
    for (const { path, size, modified } of files) {
      const known = seen.get(path);
      // Most files are as they were when they were last read, and to find that out again is no news.
      if (known?.size === size && known.modified === modified) scanner.done(path);
      else reader.read(path, size - (known?.cursor ?? 0));
    }
  });
  const scan = async (some: string[]) => {
    await scanner.scan(some).catch(error => notes.set("Could not look for sessions", reason(error)));
    if (!scanner.isDone || watching) return;
    allRead();
    watch();
  };
  // A disk that is full now may have room later.
  const again = reading.add(
    debounce(
      () => void scan(folders),
      () => 10_000,
    ),
  );
  let watching = false;
  // Not before all that is there was read, and who waited for that was answered: to set up the watching takes as long
  // as to find it. What happens meanwhile is found when it is set up.
  const watch = () => {
    if (watching) return;
    watching = true;
    const failed = (error: unknown) => notes.set("Changes are looked for every few seconds", reason(error));
    const look = (folder: string) => void scan([folder]);
    const output = { changed: (path: string) => reader.read(path), look, failed };
    reading.add(once(answered(), () => reading.add(watchTranscripts(folders, output))));
  };
  return { scan, progress: () => scanner.progress };
}

/** Answers the sessions that the pieces are about. */
function writePieces(store: Store, pieces: Iterable<Piece>, size: number): Set<string> {
  const sessions = new Set<string>();
  store.together(size, () => {
    for (const { path, restart, rows, progress, counted } of pieces) {
      if (restart) store.forget(path);
      store.write(path, rows, progress, counted);
      for (const session of rows.sessions) sessions.add(session);
    }
  });
  return sessions;
}

/** Tells the user which files could not be read. */
class Trouble {
  readonly #recorder: Recorder;
  readonly #again: () => void;
  readonly #unread = new Map<string, unknown>();

  constructor(recorder: Recorder, again: () => void) {
    this.#recorder = recorder;
    this.#again = again;
  }

  tell(path: string, error: unknown): void {
    if (error === undefined) this.#unread.delete(path);
    else this.#unread.set(path, error);
    if (error instanceof StoreError) this.#again();
    const [first] = this.#unread;
    const why = first && `${count(this.#unread.size, "file")}, such as ${first[0]}: ${reason(first[1])}`;
    this.#recorder.notes.set("Some transcripts could not be read", why);
  }
}
