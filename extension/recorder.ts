/**
 * The recorder: the one place that reads transcripts and holds the database. It runs in a worker thread and
 * answers every window and terminal of this user over HTTP. Read `record` from top to bottom: it is the map.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { reason } from "./base/expected-error.ts";
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
    log(`${note.what}: ${note.why}`);
    hints.fire({ kind: "state" });
  });
  if (job.unsaved)
    notes.add("Nothing can be saved", `Every window reads all sessions by itself. ${job.unsaved}`);
  const wasm = readFileSync(join(__dirname, "sql-wasm.wasm"));
  const db = await openDatabase(wasm, job.unsaved || job.demo ? undefined : job.dataDir, notes.add);
  const store = life.add(new Store(db));
  const folders = job.demo ? [await unpackDemo(job.demo, join(job.dataDir, "claude"))] : job.folders;

  const scanner = new Scanner(folders);
  const reader = life.add(
    new Reader({
      cursor: path => store.cursor(path),
      take: (path, lines, cursor) => {
        const { facts, skipped } = factsOfLines(lines);
        store.write(path, facts, cursor, skipped);
        for (const session of new Set(facts.map(fact => fact.session)))
          hints.fire({ kind: "session", session });
      },
      done: path => scanner.done(path) && hints.fire({ kind: "state" }),
      failed: (path, error) => notes.add(`Could not read ${path}`, reason(error)),
    }),
  );
  const read = (path: string) => reader.read(path);
  life.add(watchTranscripts(folders, read, error => notes.add("Could not watch for changes", reason(error))));

  const api = apiOf(db, async () => {
    const states = await Promise.all(folders.map(folderState));
    return { folders: states, ...scanner.progress, skipped: store.skipped(), notes: notes.all };
  });
  const server = life.add(buildServer(api, hints, job.token));
  meeting.tell(await listen(server, job.port));
  const scanned = scanner.scan(read).catch(error => notes.add("Could not look for sessions", reason(error)));
  void scanned.then(() => hints.fire({ kind: "state" }));
  return true;
}

function apiOf(db: Engine, state: Api["state"]): Api {
  const sessions = new Sessions(db);
  return {
    sessions: async () => sessions.list(),
    session: async id => wholeSession(db, sessions, id),
    state,
  };
}

/** Runs as the worker that `base/owner.ts` starts. */
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
