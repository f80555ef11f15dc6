import { debounce } from "./base/debounce.ts";
import { reason } from "./base/expected-error.ts";
import { count } from "./base/format.ts";
import type { Lifetime } from "./base/lifetime.ts";
import { every } from "./base/timers.ts";
import { pathKeyOf } from "./base/token.ts";
import { DEAD_LETTERS, type DeadLetters } from "./capture/dead-letters.ts";
import { Inbox } from "./capture/inbox.ts";
import { Scanner } from "./capture/scanner.ts";
import { watchTranscripts } from "./capture/watch.ts";
import type { Events } from "./db/events.ts";
import { sessionsIn } from "./db/merge.ts";
import type { Store } from "./db/store.ts";
import { quietly, StoreError } from "./db/trouble.ts";
import { Reader } from "./reader.ts";
import type { Recorder } from "./recording.ts";

/** Reads what the watcher and the scanner find, with a hint for each session it was about. */
export function readTranscripts(recorder: Recorder, reading: Lifetime, store: Store, allRead: () => void) {
  const { folders, hints, notes, home } = recorder;
  const unread = new Map<string, unknown>();
  const reader = reading.add(
    new Reader(
      { key: pathKeyOf(home), prices: recorder.job.prices ?? {}, tier: store.tier },
      {
        known: path => store.progress(path),
        take: pieces => {
          const rows = pieces.reduce((sum, piece) => sum + piece.rows.size, 0);
          store.together(rows, () => {
            for (const { path, restart, rows, progress, counted } of pieces) {
              if (restart) store.forget(path);
              store.write(path, rows, progress, counted);
            }
          });
          for (const session of new Set(pieces.flatMap(piece => [...sessionsIn(piece.rows)])))
            hints.fire({ kind: "session", session });
        },
        done: (path, error) => {
          if (error === undefined) unread.delete(path);
          else unread.set(path, error);
          if (error instanceof StoreError) again();
          const [first] = unread;
          const why = first && `${count(unread.size, "file")}, such as ${first[0]}: ${reason(first[1])}`;
          notes.set("Some transcripts could not be read", why);
          finished(path);
        },
      },
    ),
  );
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
      // Most files are as they were when they were last read.
      if (known?.size === size && known.modified === modified) finished(path);
      else reader.read(path, size - (known?.cursor ?? 0));
    }
  });
  const scan = async (some: string[]) => {
    await scanner.scan(some).catch(error => notes.set("Could not look for sessions", reason(error)));
    if (scanner.isDone) watch();
  };
  // A disk that is full now may have room later.
  const again = reading.add(
    debounce(
      () => void scan(folders),
      () => 10_000,
    ),
  );
  // Not before all that is there was read: to set up the watching takes as long as to find it.
  let watcher: Lifetime | undefined;
  const watch = () => {
    watcher ??= reading.add(
      watchTranscripts(folders, {
        changed: path => reader.read(path),
        look: folder => void scan([folder]),
        failed: error => notes.set("Changes are looked for every few seconds", reason(error)),
      }),
    );
  };
  return { scan, progress: () => scanner.progress };
}

/** Takes up the events in the inbox, and tries those again that could not be stored. */
export function readEvents(
  { home, hints, notes, mailbox }: Recorder,
  reading: Lifetime,
  events: Events,
  dead: DeadLetters,
  settle: () => void,
): void {
  const changed = (sessions: Set<string>) => {
    for (const session of sessions) hints.fire({ kind: "session", session });
  };
  const tellDead = () =>
    notes.set(
      "Some events could not be stored",
      dead.count > 0
        ? `${count(dead.count, "event")} in ${DEAD_LETTERS}. Replay them after an update.`
        : undefined,
    );
  const inbox = reading.add(
    new Inbox(home, {
      take: lines => changed(events.take(lines)),
      settle,
      done: error => notes.set("Events have to wait", error === undefined ? undefined : reason(error)),
    }),
  );
  const retry = () => {
    const due = events.nextDue();
    if (due === undefined || due > Date.now()) return;
    try {
      changed(events.retry(Date.now(), letters => dead.add(letters)));
    } catch (error) {
      notes.set("Events have to wait", reason(error)); // in their table, and are tried again
    }
    tellDead();
  };
  reading.add(every(1000, quietly(retry)));
  reading.add(mailbox.arrived.on(() => inbox.look()));
  tellDead();
  void inbox.open().catch(error => notes.set("Events have to wait", reason(error)));
}
