import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, sep } from "node:path";
import { watchAlerts } from "./alerting.ts";
import { debounce } from "./base/debounce.ts";
import { erase, isErased, readAgain } from "./base/erased.ts";
import { ExpectedError } from "./base/expected-error.ts";
import { keyedHash } from "./base/keyed-hash.ts";
import type { HeldLease } from "./base/lease.ts";
import { Lifetime } from "./base/lifetime.ts";
import type { Mailbox } from "./base/mailbox.ts";
import type { Notes } from "./base/notes.ts";
import type { Signal } from "./base/signal.ts";
import { sayTerms } from "./base/terms.ts";
import { every, once } from "./base/timers.ts";
import { pathKeyOf } from "./base/token.ts";
import { isTimeZone, timeZone } from "./base/zone.ts";
import { DeadLetters } from "./capture/dead-letters.ts";
import { folderState } from "./capture/folders.ts";
import { sorted } from "./clean/own-patterns.ts";
import { Prices } from "./clean/prices.ts";
import { contextOf, type Terms } from "./clean/turn.ts";
import { Care } from "./db/care.ts";
import type { Engine } from "./db/engine.ts";
import { Events } from "./db/events.ts";
import { type Opened, STORE, setAside } from "./db/open.ts";
import { keepPrices, newerPrices } from "./db/price-file.ts";
import { Store } from "./db/store.ts";
import { type AskedTerms, settle } from "./db/terms.ts";
import { quietly } from "./db/trouble.ts";
import { Forwarding } from "./forwarding.ts";
import { importing } from "./importing.ts";
import type { Job } from "./job.ts";
import type { Api, Hint } from "./protocol.ts";
import { Authors } from "./queries/authors.ts";
import { Bills } from "./queries/bill.ts";
import { changes, takenBack } from "./queries/changes.ts";
import { Contents } from "./queries/content.ts";
import { Derivations } from "./queries/derivation.ts";
import { Edits } from "./queries/edits.ts";
import { Finder } from "./queries/finder.ts";
import { Findings } from "./queries/findings/findings.ts";
import { Ledger } from "./queries/ledger.ts";
import { Others } from "./queries/others.ts";
import { reasons } from "./queries/reasons.ts";
import { wholeSession } from "./queries/session.ts";
import { Sessions } from "./queries/sessions.ts";
import { Stories } from "./queries/story.ts";
import { timeline } from "./queries/timeline.ts";
import { usage } from "./queries/usage.ts";
import { answered, readTranscripts } from "./reading.ts";
import { readEvents } from "./receiving.ts";

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
/** Time for the answer to a request to get out. */
const SOON = 50;

/** What answers questions, and on what terms the store is filled. */
export interface Recording {
  api: Api;
  terms: Terms;
}

/** Reads transcripts and events into an open store, takes care of it, and answers questions about it. */
export function recording(recorder: Recorder, opened: Opened): Recording {
  const { home, folders, life, hints, notes, mailbox } = recorder;
  const { db } = opened;
  life.add(db);
  const care = new Care(db, join(home, STORE));
  const terms = settle(db, care, askedOf(recorder));
  sayTerms(home, terms);
  const store = new Store(db, terms.tier);
  const dead = new DeadLetters(home);

  const reading = life.add(new Lifetime());
  watchOver(recorder, reading, opened);
  const erased = isErased(home);
  if (erased) mailbox.refuse();
  const retain = upkeep(recorder, reading, care);
  const prices = new Prices(terms.prices, terms.list);
  const ledger = new Ledger(db, prices);
  const prepare = reading.add(debounce(() => ledger.prepare(), answered));
  const allRead = () => {
    retain();
    prepare();
  };
  const transcripts = erased ? undefined : readTranscripts(recorder, reading, store, terms, allRead);
  const events = new Events(db, store, prices);
  if (!erased) readEvents(recorder, reading, events, dead, () => db.checkpoint());
  void transcripts?.scan(folders).then(() => hints.fire({ kind: "state" }));

  const hash = keyedHash(pathKeyOf(home));
  const sessions = new Sessions(db, folders, hash);
  const progress = () => transcripts?.progress() ?? { read: 0, found: 0, scanned: true };
  const isReady = () => progress().scanned && progress().read === progress().found;
  const api: Api = {
    ...answering(db, recorder, sessions, hash),
    ...explaining(db, folders, sessions, ledger, prices),
    state: async () => ({
      folders: await Promise.all(folders.map(folderState)),
      ...progress(),
      ...condition({ store, events, care, dead }),
      ...{ tier: terms.tier, redact: terms.redact, timeZone: timeZone() },
      ...{ erased, forward: forwarding?.state, notes: notes.all },
    }),
    scan: async () => transcripts?.scan(folders),
    replayEvents: () => dead.replay(event => mailbox.put(event)),
    ...caring(recorder, reading, db, care, dead),
    takeIn: importing(db, store, sessions, contextOf(terms, pathKeyOf(home)), hints),
    alerts: watchAlerts(recorder, reading, { db, sessions, terms, isReady }),
    agreeToForward: async () => forwarding?.agree(),
  };
  const forwarding = erased ? undefined : new Forwarding(recorder, reading, api, terms.tier);
  return { api, terms };
}

/** What the user asks for, and the list of prices that they had fetched. */
function askedOf(recorder: Recorder): AskedTerms {
  const { job } = recorder;
  return { ...job, list: newerPrices(job.dataDir), redact: patternsOf(recorder), timeZone: zoneOf(recorder) };
}

/** The time zone that the user wants, if it is said; what is none is told of. */
function zoneOf({ job, notes }: Recorder): string | undefined {
  const { timeZone: asked } = job;
  if (asked === undefined || asked === "" || isTimeZone(asked)) return asked;
  const help = `agentTrace.timeZone is ${JSON.stringify(asked)}, which is no name such as Europe/Berlin.`;
  notes.set("The time zone is not known", `${help} Days are counted in the machine's, ${timeZone()}.`);
  return "";
}

/** Makes the store small again after deletions, and deletes what is too old: now and then, and when that is called. */
function upkeep(recorder: Recorder, reading: Lifetime, care: Care): () => void {
  const compact = quietly(() => recorder.lease.busy(LONG, () => care.compact()));
  if (care.owesCompacting) reading.add(once(5000, compact));
  const retain = quietly(() => keepFor(recorder, care));
  reading.add(every(6 * HOUR, retain));
  return retain;
}

/** The user's own patterns of secrets, if any are said; those that can't be used are told of. */
function patternsOf({ job, notes }: Recorder): string[] | undefined {
  if (job.redact === undefined) return undefined;
  const { good, refused } = sorted(job.redact);
  const why = refused.map(({ pattern, why }) => `${pattern}: ${why}`).join(" ");
  notes.set("Some patterns of agentTrace.redact are not used", why || undefined);
  return good;
}

/** How much there is, and how much of it was not understood. */
function condition(of: { store: Store; events: Events; care: Care; dead: DeadLetters }) {
  return {
    skipped: of.store.skipped(),
    unknown: of.store.unknown(),
    heard: of.events.heard(),
    storeSize: of.care.size,
    deadLetters: of.dead.count,
  };
}

/** What can be asked about money. */
function explaining(db: Engine, folders: string[], sessions: Sessions, ledger: Ledger, prices: Prices) {
  const bills = new Bills(db, folders, sessions, ledger);
  const findings = new Findings(db, bills, sessions, ledger, prices);
  const derivations = new Derivations(db, sessions, prices);
  return {
    bill: wanted => bills.sessions(wanted),
    breakdown: wanted => bills.breakdown(wanted),
    derivation: async wanted => derivations.of(wanted),
    findings: wanted => findings.of(wanted),
    reasons: wanted => reasons({ db, folders, bills, findings }, wanted),
  } satisfies Partial<Api>;
}

/** What is asked of the store, and of the transcripts whose lines it knows. */
function answering(
  db: Engine,
  { folders, notes }: Recorder,
  sessions: Sessions,
  hash: (path: string) => string,
) {
  const finder = new Finder(db, folders, sessions);
  const contents = new Contents(db);
  const edits = new Edits(db, folders, hash);
  const stories = new Stories(db, folders, hash);
  const authors = new Authors(db, stories, sessions);
  const others = new Others(why => notes.set("Some attribution records could not be read", why));
  return {
    sessions: async wanted => sessions.list(wanted),
    session: async id => wholeSession(db, sessions, id, hash),
    timeline: async (id, wanted) => timeline(db, sessions, id, wanted),
    edits: async wanted => edits.list(wanted),
    changes: async (id, wanted) => changes(db, { stories, sessions }, id, wanted),
    takeBack: async (id, wanted) => takenBack(db, stories, id, wanted),
    blame: async wanted => authors.of(wanted, await others.of(wanted)),
    fileHistory: async file => authors.history(file),
    usage: async wanted => usage(db, folders, wanted),
    search: wanted => finder.find(wanted),
    totals: async () => sessions.totals(),
    content: async (session, step) => contents.of(session, step),
  } satisfies Partial<Api>;
}

/** What the user can ask to be done to the store. */
function caring(recorder: Recorder, reading: Lifetime, db: Engine, care: Care, dead: DeadLetters) {
  const { job, home, lease, mailbox, restart } = recorder;
  return {
    takePrices: async (text: string) => {
      const taken = keepPrices(job.dataDir, text);
      // All costs are counted anew at the start.
      if (taken.changed) setTimeout(restart, SOON);
      return taken;
    },
    backUp: async (file: string) => lease.busy(LONG, () => backUp(db, home, file)),
    compact: async () => lease.busy(LONG, () => care.compact()),
    deleteSessions: async (ids: string[]) => {
      dead.forget(ids);
      remove(recorder, care, () => care.deleteSessions(ids));
    },
    deleteAll: async () => {
      mailbox.refuse();
      await reading.close();
      db.abandon();
      erase(home);
      setTimeout(restart, SOON);
    },
    readAgain: async () => {
      readAgain(home);
      setTimeout(restart, SOON);
    },
  };
}

/** Deletes from the store, for real. */
function remove({ lease, hints }: Recorder, care: Care, work: () => number): void {
  lease.busy(LONG, () => work() > 0 && care.compact());
  hints.fire({ kind: "state" });
}

/** Deletes the sessions that are older than the user wants. */
function keepFor(recorder: Recorder, care: Care): void {
  const days = recorder.job.keepDays ?? 0;
  if (days > 0) remove(recorder, care, () => care.deleteOlder(Date.now() - days * DAY));
}

/** Sees to it that a store that is lost, or can't be trusted, is left at once; the next start sets it right. */
function watchOver({ home, lease, restart }: Recorder, reading: Lifetime, { db, unclean }: Opened): void {
  db.onTrouble = error => {
    if (error.trouble === "damaged") quietly(() => leaveDamaged(db, join(home, STORE)))();
    if (["damaged", "taken", "gone"].includes(error.trouble)) restart();
  };
  reading.add(every(1000, quietly(db.assertOurs.bind(db))));
  const check = quietly(() => lease.busy(LONG, () => db.assertSound()));
  // Not before all windows have joined: of a large store it takes seconds.
  if (unclean) reading.add(once(5000, check));
}

/** Moves a damaged store out of the way; not one that only seems so because another recorder writes to it by now. */
function leaveDamaged(db: Engine, file: string): void {
  db.assertOurs();
  db.abandon();
  setAside(file);
}

/** Writes to a path that the user chose, but never among our own files. */
function backUp(db: Engine, home: string, file: string): void {
  const folder = isAbsolute(file) && existsSync(dirname(file)) ? realpathSync(dirname(file)) : undefined;
  if (!folder) throw new ExpectedError(`There is no folder ${dirname(file)} to write the backup to.`);
  if (`${folder}${sep}`.startsWith(`${realpathSync(home)}${sep}`))
    throw new ExpectedError("Choose a folder outside of Agent Trace's own for the backup.");
  db.copyTo(join(folder, basename(file)));
}
