import { existsSync, rmSync, writeFileSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import { debounce } from "./base/debounce.ts";
import { ExpectedError, reason } from "./base/expected-error.ts";
import { count } from "./base/format.ts";
import type { HeldLease } from "./base/lease.ts";
import { Lifetime } from "./base/lifetime.ts";
import type { Mailbox } from "./base/mailbox.ts";
import type { Notes } from "./base/notes.ts";
import type { Signal } from "./base/signal.ts";
import { DEAD_LETTERS, DeadLetters } from "./capture/dead-letters.ts";
import { folderState } from "./capture/folders.ts";
import { Inbox } from "./capture/inbox.ts";
import { Reader } from "./capture/reader.ts";
import { Scanner } from "./capture/scanner.ts";
import { watchTranscripts } from "./capture/watch.ts";
import { factsOfLines } from "./clean/facts-of.ts";
import { Care } from "./db/care.ts";
import type { Engine } from "./db/engine.ts";
import { Events } from "./db/events.ts";
import { type Opened, STORE, setAside } from "./db/open.ts";
import { Store } from "./db/store.ts";
import { StoreError } from "./db/trouble.ts";
import type { Api, Hint, Job } from "./protocol.ts";
import { wholeSession } from "./queries/session.ts";
import { Sessions } from "./queries/sessions.ts";

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
  const retain = () => {
    const days = recorder.job.keepDays ?? 0;
    if (days > 0) remove(() => care.deleteOlder(Date.now() - days * DAY));
  };
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

/** Reads what the watcher and the scanner find, with a hint for each session it was about. */
function readTranscripts(recorder: Recorder, reading: Lifetime, store: Store, allRead: () => void) {
  const { folders, hints, notes } = recorder;
  const unread = new Map<string, unknown>();
  const reader = reading.add(
    new Reader({
      cursor: path => store.cursor(path),
      restart: path => store.forget(path),
      take: (path, lines, cursor) => {
        const { facts, skipped } = factsOfLines(lines);
        store.write(path, facts, { cursor, skipped });
        for (const session of new Set(facts.map(fact => fact.session)))
          hints.fire({ kind: "session", session });
      },
      done: (path, error) => {
        if (error === undefined) unread.delete(path);
        else unread.set(path, error);
        if (error instanceof StoreError) again();
        const [first] = unread;
        const why = first && `${count(unread.size, "file")}, such as ${first[0]}: ${reason(first[1])}`;
        notes.set("Some transcripts could not be read", why);
        if (!scanner.done(path)) return;
        hints.fire({ kind: "state" });
        quietly(allRead);
      },
    }),
  );
  const scanner = new Scanner(path => reader.read(path));
  const scan = (some: string[]) =>
    scanner.scan(some).catch(error => notes.set("Could not look for sessions", reason(error)));
  // A disk that is full now may have room later.
  const again = reading.add(
    debounce(
      () => void scan(folders),
      () => 10_000,
    ),
  );
  reading.add(
    watchTranscripts(folders, {
      changed: path => reader.read(path),
      appeared: folder => void scan([folder]),
      failed: error => notes.set("Could not watch for changes", `Refresh to see them. ${reason(error)}`),
    }),
  );
  return { scan, progress: () => scanner.progress };
}

/** Takes up the events in the inbox, and tries those again that could not be stored. */
function readEvents(
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
    changed(events.retry(Date.now(), letters => dead.add(letters)));
    tellDead();
  };
  reading.add(every(1000, retry));
  reading.add(mailbox.arrived.on(() => inbox.look()));
  tellDead();
  void inbox.open().catch(error => notes.set("Events have to wait", reason(error)));
}

/** Sees to it that a store that is lost, or can't be trusted, is left at once; the next start sets it right. */
function watchOver({ home, life, lease, restart }: Recorder, { db, unclean }: Opened): void {
  db.onTrouble = error => {
    if (error.trouble === "damaged") {
      db.abandon();
      setAside(join(home, STORE));
    }
    if (error.trouble === "damaged" || error.trouble === "taken") restart();
  };
  life.add(every(1000, () => db.assertOurs()));
  // Not before all windows have joined: of a large store it takes seconds.
  if (unclean) life.add(once(5000, () => lease.busy(LONG, () => db.assertSound())));
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

function every(ms: number, work: () => void) {
  const timer = setInterval(() => quietly(work), ms);
  return { close: () => clearInterval(timer) };
}

function once(ms: number, work: () => void) {
  const timer = setTimeout(() => quietly(work), ms);
  return { close: () => clearTimeout(timer) };
}

/** What goes wrong with the store was told to `onTrouble`. */
function quietly(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
  }
}
