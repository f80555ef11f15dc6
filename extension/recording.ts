import { existsSync, rmSync, writeFileSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { ExpectedError } from "./base/expected-error.ts";
import type { HeldLease } from "./base/lease.ts";
import { Lifetime } from "./base/lifetime.ts";
import type { Mailbox } from "./base/mailbox.ts";
import type { Notes } from "./base/notes.ts";
import type { Signal } from "./base/signal.ts";
import { every, once } from "./base/timers.ts";
import { DeadLetters } from "./capture/dead-letters.ts";
import { folderState } from "./capture/folders.ts";
import { Care } from "./db/care.ts";
import type { Engine } from "./db/engine.ts";
import { Events } from "./db/events.ts";
import { type Opened, STORE, setAside } from "./db/open.ts";
import { Store } from "./db/store.ts";
import { quietly } from "./db/trouble.ts";
import type { Api, Hint, Job } from "./protocol.ts";
import { wholeSession } from "./queries/session.ts";
import { Sessions } from "./queries/sessions.ts";
import { readEvents, readTranscripts } from "./reading.ts";

/** What a recorder works with. */
export interface Recorder {
  job: Job;
  /** The folder with the store and all that belongs to it. */
  home: string;
  /** The folders of Claude Code that it reads. */
  folders: string[];
  life: Lifetime;
  hints: Signal<Hint>;
  notes: Notes;
  lease: HeldLease;
  mailbox: Mailbox;
  /** Ends this recorder; the windows then start another. */
  restart(): void;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The longest that work on the whole store may let nobody else in. */
const LONG = 600_000;

/** Reads transcripts and events into an open store, takes care of it, and answers questions about it. */
export function recording(recorder: Recorder, opened: Opened): Api {
  const { home, folders, life, hints, notes, lease, mailbox, restart } = recorder;
  const { db } = opened;
  life.add(db);
  watchOver(recorder, opened);
  const store = new Store(db);
  const care = new Care(db, join(home, STORE));
  const dead = new DeadLetters(home);

  const reading = life.add(new Lifetime());
  const erased = existsSync(erasedMark(home));
  const remove = (work: () => number) => {
    if (work() > 0) lease.busy(LONG, () => care.compact());
    hints.fire({ kind: "state" });
  };
  const retain = quietly(() => {
    const days = recorder.job.keepDays ?? 0;
    if (days > 0) remove(() => care.deleteOlder(Date.now() - days * DAY));
  });
  const transcripts = erased ? undefined : readTranscripts(recorder, reading, store, retain);
  if (!erased) readEvents(recorder, reading, new Events(db, store), dead, () => db.checkpoint());
  void transcripts?.scan(folders).then(() => hints.fire({ kind: "state" }));
  reading.add(every(6 * HOUR, retain));

  const sessions = new Sessions(db, folders);
  return {
    sessions: async () => sessions.list(),
    session: async id => wholeSession(db, sessions, id),
    state: async () => ({
      folders: await Promise.all(folders.map(folderState)),
      ...(transcripts?.progress() ?? { read: 0, found: 0, scanned: true }),
      skipped: store.skipped(),
      deadLetters: dead.count,
      erased,
      notes: notes.all,
    }),
    scan: async () => transcripts?.scan(folders),
    backUp: async file => lease.busy(LONG, () => backUp(db, home, file)),
    compact: async () => lease.busy(LONG, () => care.compact()),
    deleteSessions: async ids => {
      dead.forget(ids);
      remove(() => care.deleteSessions(ids));
    },
    deleteAll: async () => {
      await reading.close();
      db.abandon();
      await erase(home);
      setTimeout(restart, SOON);
    },
    readAgain: async () => {
      rmSync(erasedMark(home), { force: true });
      setTimeout(restart, SOON);
    },
    replayEvents: () => dead.replay(event => mailbox.put(event)),
  };
}

/** Time for the answer to a request to get out. */
const SOON = 50;

/** Sees to it that a store that is lost, or can't be trusted, is left at once; the next start sets it right. */
function watchOver({ home, life, lease, restart }: Recorder, { db, unclean }: Opened): void {
  db.onTrouble = error => {
    if (error.trouble === "damaged") {
      db.abandon();
      setAside(join(home, STORE));
    }
    if (error.trouble === "damaged" || error.trouble === "taken") restart();
  };
  life.add(
    every(
      1000,
      quietly(() => db.assertOurs()),
    ),
  );
  // Not before all windows have joined: of a large store it takes seconds.
  if (unclean)
    life.add(
      once(
        5000,
        quietly(() => lease.busy(LONG, () => db.assertSound())),
      ),
    );
}

/** Writes to a path that the user chose, but never over the store itself. */
function backUp(db: Engine, home: string, file: string): void {
  if (!isAbsolute(file) || dirname(file) === home)
    throw new ExpectedError("Choose a folder outside of Agent Trace's own for the backup.");
  db.copyTo(file);
}

/** A file that says that the user deleted everything. */
const erasedMark = (home: string) => join(home, "erased");

const OURS = /^(store\.db|inbox$|dead-letters|hosts$|demo$|probe-)/;

/** Deletes all that was recorded, and notes that nothing is to be read. */
async function erase(home: string): Promise<void> {
  writeFileSync(erasedMark(home), "All data was deleted. Nothing is read until the user asks for it.\n");
  const names = (await readdir(home)).filter(name => OURS.test(name));
  await Promise.all(names.map(name => rm(join(home, name), { recursive: true, force: true })));
}
