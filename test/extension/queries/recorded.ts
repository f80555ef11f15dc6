import { readFileSync } from "node:fs";
import { relative } from "node:path";
import type {
  BillFilter,
  BillWanted,
  BreakdownWanted,
  DerivationWanted,
  ReasonsWanted,
} from "../../../extension/bill.ts";
import { findTranscripts } from "../../../extension/capture/transcripts.ts";
import type { Tier } from "../../../extension/clean/facts.ts";
import { Prices } from "../../../extension/clean/prices.ts";
import { Redactor } from "../../../extension/clean/redact.ts";
import { Store } from "../../../extension/db/store.ts";
import { parseFile } from "../../../extension/parse.ts";
import { Bills } from "../../../extension/queries/bill.ts";
import { Contents } from "../../../extension/queries/content.ts";
import { Derivations } from "../../../extension/queries/derivation.ts";
import { Edits } from "../../../extension/queries/edits.ts";
import { Finder } from "../../../extension/queries/finder.ts";
import { Findings } from "../../../extension/queries/findings/findings.ts";
import { Ledger } from "../../../extension/queries/ledger.ts";
import { reasons } from "../../../extension/queries/reasons.ts";
import { search } from "../../../extension/queries/search.ts";
import { wholeSession } from "../../../extension/queries/session.ts";
import { Sessions } from "../../../extension/queries/sessions.ts";
import { timeline } from "../../../extension/queries/timeline.ts";
import { usage } from "../../../extension/queries/usage.ts";
import type { EditsWanted, SearchWanted, StepsWanted, UsageWanted } from "../../../extension/questions.ts";
import { SESSION } from "../../lines.ts";
import { openScratch } from "../db/open-scratch.ts";

/** Where the transcript of the session lies that `lines.ts` writes. */
export const MAIN = `projects/shop/${SESSION}.jsonl`;

export const hash = (path: string) => `#${path}`;

/** A store into which transcripts were read, and all that can be asked of it; `read` reads what came since. */
export async function recorded(files: Record<string, string>, tier: Tier = 1) {
  const folder = await openScratch();
  const { db } = folder;
  const store = new Store(db, tier);
  const sessions = new Sessions(db, [folder.path], hash);
  const contents = new Contents(db);
  const read = async () => {
    const found = await findTranscripts(folder.path);
    for (const { path } of found.sort((a, b) => (a.path < b.path ? -1 : 1)))
      for (const piece of parseFile(
        path,
        { hash, prices: new Prices(), tier, redactor: new Redactor() },
        store.progress(path),
      )) {
        if (piece.restart) store.forget(path);
        store.write(path, piece.rows, piece.progress, piece.counted);
      }
  };
  const prices = new Prices();
  const ledger = new Ledger(db, prices);
  const bills = new Bills(db, [folder.path], sessions, ledger);
  const findings = new Findings(db, bills, sessions, ledger, prices);
  for (const [name, text] of Object.entries(files)) await folder.write(name, text);
  await read();
  return {
    ...{ ...folder, store, sessions, read },
    session: (id = SESSION) => wholeSession(db, sessions, id, hash),
    content: (step: string, session = SESSION) => contents.of(session, step),
    timeline: (wanted: StepsWanted, session = SESSION) => timeline(db, sessions, session, wanted),
    edits: (wanted: EditsWanted) => new Edits(db, [folder.path], hash).list(wanted),
    usage: (wanted: UsageWanted) => usage(db, [folder.path], wanted),
    bill: (wanted: BillWanted) => bills.sessions(wanted),
    breakdown: (wanted: BreakdownWanted) => bills.breakdown(wanted),
    findings: (wanted: BillFilter, worthSaying?: number) => findings.of(wanted, worthSaying),
    reasons: (wanted: ReasonsWanted) => reasons({ db, folders: [folder.path], bills, findings }, wanted),
    derivation: (wanted: DerivationWanted) => new Derivations(db, sessions, prices).of(wanted),
    search: (q: string, limit?: number) =>
      search(db, [folder.path], { q, ...(limit !== undefined && { limit }) }),
    find: (wanted: SearchWanted) => new Finder(db, [folder.path], sessions).find(wanted),
  };
}

/** The transcripts of some captures of real sessions, as files for `recorded`. */
export async function captured(...names: string[]): Promise<Record<string, string>> {
  const home = "test/fixtures/captures";
  const found = await Promise.all(names.map(name => findTranscripts(`${home}/${name}`)));
  const files = found.flat().map(({ path }) => [relative(home, path).replace(/^[^/]+\//, ""), path] as const);
  return Object.fromEntries(files.map(([name, path]) => [name, readFileSync(path, "utf8")]));
}
