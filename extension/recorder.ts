/**
 * The recorder: the one place that reads transcripts and holds the store. It runs in a worker thread and answers
 * every window and terminal of this user over HTTP. Read `record` from top to bottom: it is the map.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { erase, isErased } from "./base/erased.ts";
import { reason } from "./base/expected-error.ts";
import { HeldLease } from "./base/lease.ts";
import { Lifetime } from "./base/lifetime.ts";
import { Mailbox } from "./base/mailbox.ts";
import { holdMeeting } from "./base/meeting.ts";
import { Notes } from "./base/notes.ts";
import { Signal } from "./base/signal.ts";
import { temporaryFolder } from "./base/temporary.ts";
import { every } from "./base/timers.ts";
import { pathKeyOf } from "./base/token.ts";
import { timeZone } from "./base/zone.ts";
import { unpackDemo } from "./capture/demo.ts";
import { folderState } from "./capture/folders.ts";
import { contextOf } from "./clean/turn.ts";
import { misdirected } from "./connect/misdirected.ts";
import { isUsable, type Opened, openStore } from "./db/open.ts";
import { loadSQLite, type SQLite } from "./db/sqlite.ts";
import { StoreError, type Trouble } from "./db/trouble.ts";
import type { FromRecorder, Job } from "./job.ts";
import type { Api, Hint } from "./protocol.ts";
import { receiver } from "./receiving.ts";
import { type Recorder, type Recording, recording } from "./recording.ts";
import { buildServer, listen } from "./serve/server.ts";
import { startGrpc } from "./serve/start-grpc.ts";

/** Records until `life` ends; answers false when another recorder already owns the place. */
async function record(job: Job, life: Lifetime, log: (line: string) => void): Promise<boolean> {
  const meeting = await holdMeeting(job.token, job.generation);
  if (!meeting) return false;
  life.add(meeting);

  const hints = new Signal<Hint>();
  const notes = new Notes(note => {
    if (note) log(`${note.what}: ${note.why}`);
    hints.fire({ kind: "state" });
  });
  // What nobody will miss, such as the demo, lies in a throw-away folder.
  const home = job.demo || job.unsaved ? life.add(temporaryFolder()).path : job.dataDir;
  const restart = () => void life.close().finally(() => process.exit());
  const lease = HeldLease.take(home, job.generation, restart);
  if (!lease) return false;
  life.add(lease);
  if (isErased(home)) erase(home);
  const mailbox = new Mailbox(home);
  life.add({ close: () => mailbox.seal() });
  const folders = job.demo ? [await unpackDemo(job.demo, join(home, "claude"))] : job.folders;
  const recorder: Recorder = { job, home, folders, life, hints, notes, lease, mailbox, restart };

  const { api, terms } = await apiOf(recorder);
  const received = receiver(mailbox, contextOf(terms, pathKeyOf(home)));
  const server = life.add(buildServer({ api, hints, ...received, token: job.token, log }));
  const port = await listen(server, job.port);
  meeting.tell(port);
  watchPort(recorder, port);
  if (job.grpcPort)
    await startGrpc({ port: job.grpcPort, token: job.token, receive: received.receiveTelemetry })
      .then(grpc => life.add({ close: async () => grpc.close() }))
      .catch(error => notes.set("OpenTelemetry over gRPC is not received", reason(error)));
  return true;
}

/** Tells when Claude Code was connected to another port than this one, as after another program took that. */
function watchPort({ job, folders, notes, life }: Recorder, port: number): void {
  const look = async () => {
    const other = await misdirected(folders, { dataDir: job.dataDir, token: job.token }, port);
    const why = other && `It goes to ${other}, but is taken in on port ${port}. Connect Claude Code again.`;
    notes.set("Telemetry of Claude Code is lost", why, "connect");
  };
  void look();
  life.add(every(MINUTE / 4, () => void look()));
}

/** Opens the store and records into it; a store that must not be touched is told about instead. */
async function apiOf(recorder: Recorder): Promise<Recording> {
  const { job, life, notes } = recorder;
  if (job.unsaved)
    notes.set("Nothing can be saved", `Every window reads all sessions by itself. ${job.unsaved}`);
  if (job.shared)
    notes.set(
      "Another host uses the store",
      "This host keeps a store of its own as long as that one records.",
    );
  try {
    const sqlite = await loadSQLite(readFileSync(join(__dirname, "sql-wasm.wasm")));
    try {
      return recording(recorder, open(recorder, sqlite));
    } catch (error) {
      if (!(error instanceof StoreError) || !PASSING.includes(error.trouble)) throw error;
      notes.set("Nothing can be saved", `Sessions are read anew each time. ${error.message}`);
      // A disk without room or rights may have them later; a file that is odd in itself will not change.
      if (error.trouble === "full" || !isUsable(sqlite, recorder.home))
        life.add(every(MINUTE, () => isUsable(sqlite, recorder.home) && recorder.restart()));
      const elsewhere = { ...recorder, home: life.add(temporaryFolder()).path };
      return recording(elsewhere, open(elsewhere, sqlite));
    }
  } catch (error) {
    if (!(error instanceof StoreError) || error.trouble === "taken") throw error;
    return refusing(recorder, error);
  }
}

/** What may be over in a while: until then there is a store elsewhere. */
const PASSING: Trouble[] = ["full", "unusable"];
const MINUTE = 60_000;

function open({ home, lease, notes }: Recorder, sqlite: SQLite): Opened {
  // To take up a long log or to save what can be read of a damaged file may take its time.
  return lease.busy(300_000, () => openStore(sqlite, home, notes.set));
}

/** Events still come in and wait for a version, or a day, that can store them. */
function refusing({ folders, notes }: Recorder, error: StoreError): Recording {
  notes.set("The store can't be used", error.message);
  const refuse = () => Promise.reject(error);
  const api: Api = {
    state: async () => ({
      folders: await Promise.all(folders.map(folderState)),
      ...{ read: 0, found: 0, scanned: true, skipped: 0, unknown: [], deadLetters: 0, erased: false },
      ...{ heard: {}, tier: 1, redact: [], timeZone: timeZone(), storeSize: 0, notes: notes.all },
    }),
    sessions: async () => [],
    session: refuse,
    content: refuse,
    timeline: refuse,
    edits: refuse,
    changes: refuse,
    takeBack: refuse,
    blame: async () => ({ spans: [], steps: [], others: [] }),
    fileHistory: async () => [],
    usage: refuse,
    bill: refuse,
    breakdown: refuse,
    derivation: refuse,
    findings: refuse,
    reasons: refuse,
    search: refuse,
    totals: refuse,
    scan: refuse,
    backUp: refuse,
    compact: refuse,
    deleteSessions: refuse,
    deleteAll: refuse,
    takePrices: refuse,
    readAgain: refuse,
    replayEvents: refuse,
    takeIn: refuse,
    alerts: { rules: refuse, put: refuse, remove: refuse, history: refuse, test: refuse, entrust: refuse },
    agreeToForward: refuse,
  };
  return { api, terms: { tier: 1, prices: {}, redact: [], timeZone: "" } };
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
