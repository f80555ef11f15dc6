/**
 * The recorder: the one place that reads transcripts and holds the database. It runs in a worker thread and
 * answers every window and terminal of this user over HTTP. Read `record` from top to bottom: it is the map.
 */
import { readFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { reason } from "./base/expected-error.ts";
import { count } from "./base/format.ts";
import { Lifetime } from "./base/lifetime.ts";
import { holdMeeting } from "./base/meeting.ts";
import { Notes } from "./base/notes.ts";
import { Signal } from "./base/signal.ts";
import { unpackDemo } from "./capture/demo.ts";
import { folderState } from "./capture/folders.ts";
import { Reader } from "./capture/reader.ts";
import { Scanner } from "./capture/scanner.ts";
import { watchTranscripts } from "./capture/watch.ts";
import { factsOfLines } from "./clean/facts-of.ts";
import type { Engine } from "./db/engine.ts";
import { openDatabase } from "./db/open.ts";
import { Store } from "./db/store.ts";
import type { Api, FromRecorder, Hint, Job } from "./protocol.ts";
import { wholeSession } from "./queries/session.ts";
import { Sessions } from "./queries/sessions.ts";
import { buildServer, listen } from "./serve/server.ts";

/** Records until `life` ends; answers false when another recorder already owns the place. */
async function record(job: Job, life: Lifetime, log: (line: string) => void): Promise<boolean> {
  const meeting = await holdMeeting(job.token);
  if (!meeting) return false;
  life.add(meeting);

  const hints = new Signal<Hint>();
  const notes = new Notes(note => {
    if (note) log(`${note.what}: ${note.why}`);
    hints.fire({ kind: "state" });
  });
  const folders = await foldersOf(job);
  const db = await openDatabaseOf(job, notes);
  const store = life.add(new Store(db));
  const { scan, progress } = capture(folders, store, hints, notes, life);

  const sessions = new Sessions(db, folders);
  const api: Api = {
    sessions: async () => sessions.list(),
    session: async id => wholeSession(db, sessions, id),
    state: async () => {
      const states = await Promise.all(folders.map(folderState));
      return { folders: states, ...progress(), skipped: store.skipped(), notes: notes.all };
    },
    scan: () => scan(folders),
  };
  const server = life.add(buildServer(api, hints, job.token, log));
  meeting.tell(await listen(server, job.port));
  void api.scan().then(() => hints.fire({ kind: "state" }));
  return true;
}

/** Reads what the watcher and the scanner find, into the store, with a hint for each session it was about. */
function capture(folders: string[], store: Store, hints: Signal<Hint>, notes: Notes, life: Lifetime) {
  const unread = new Map<string, unknown>();
  const reader = life.add(
    new Reader({
      cursor: path => store.cursor(path),
      restart: path => store.forget(path),
      take: (path, lines, cursor) => {
        const { facts, skipped } = factsOfLines(lines);
        store.write(path, facts, cursor, skipped);
        for (const session of new Set(facts.map(fact => fact.session)))
          hints.fire({ kind: "session", session });
      },
      done: (path, error) => {
        if (error === undefined) unread.delete(path);
        else unread.set(path, error);
        const [first] = unread;
        const why = first && `${count(unread.size, "file")}, such as ${first[0]}: ${reason(first[1])}`;
        notes.set("Some transcripts could not be read", why);
        if (scanner.done(path)) hints.fire({ kind: "state" });
      },
    }),
  );
  const scanner = new Scanner(path => reader.read(path));
  const scan = (some: string[]) =>
    scanner.scan(some).catch(error => notes.set("Could not look for sessions", reason(error)));
  life.add(
    watchTranscripts(folders, {
      changed: path => reader.read(path),
      appeared: folder => void scan([folder]),
      failed: error => notes.set("Could not watch for changes", `Refresh to see them. ${reason(error)}`),
    }),
  );
  return { scan, progress: () => scanner.progress };
}

/** The demo is unpacked anew each time, into a throw-away folder where nothing can be saved. */
async function foldersOf(job: Job): Promise<string[]> {
  if (!job.demo) return job.folders;
  const to = job.unsaved ? await mkdtemp(join(tmpdir(), "agent-trace-demo-")) : join(job.dataDir, "claude");
  return [await unpackDemo(job.demo, to)];
}

function openDatabaseOf(job: Job, notes: Notes): Promise<Engine> {
  if (job.unsaved)
    notes.set("Nothing can be saved", `Every window reads all sessions by itself. ${job.unsaved}`);
  const wasm = readFileSync(join(__dirname, "sql-wasm.wasm"));
  return openDatabase(wasm, job.unsaved || job.demo ? undefined : job.dataDir, notes.set);
}

/** Runs as the worker that `base/recorder-worker.ts` starts. */
async function main(say: (message: FromRecorder) => void): Promise<void> {
  const life = new Lifetime();
  parentPort?.once("message", () => life.close().finally(() => process.exit()));
  try {
    say({
      kind: (await record(workerData as Job, life, line => say({ kind: "log", line }))) ? "serving" : "taken",
    });
  } catch (error) {
    await life.close();
    say({ kind: "failed", message: reason(error) });
  }
}

void main(message => parentPort?.postMessage(message));
