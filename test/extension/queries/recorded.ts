import { findTranscripts } from "../../../extension/capture/transcripts.ts";
import type { Tier } from "../../../extension/clean/facts.ts";
import { Prices } from "../../../extension/clean/prices.ts";
import { Store } from "../../../extension/db/store.ts";
import { parseFile } from "../../../extension/parse.ts";
import { Contents } from "../../../extension/queries/content.ts";
import { wholeSession } from "../../../extension/queries/session.ts";
import { Sessions } from "../../../extension/queries/sessions.ts";
import { SESSION } from "../../lines.ts";
import { openScratch } from "../db/open-scratch.ts";

/** Where the transcript of the session lies that `lines.ts` writes. */
export const MAIN = `projects/shop/${SESSION}.jsonl`;

const hash = (path: string) => `#${path}`;

/** A store into which transcripts were read, and all that can be asked of it; `read` reads what came since. */
export async function recorded(files: Record<string, string>, tier: Tier = 1) {
  const folder = await openScratch();
  const { db } = folder;
  const store = new Store(db, tier);
  const sessions = new Sessions(db, [folder.path]);
  const contents = new Contents(db);
  const read = async () => {
    const found = await findTranscripts(folder.path);
    for (const { path } of found.sort((a, b) => (a.path < b.path ? -1 : 1)))
      for (const piece of parseFile(path, { hash, prices: new Prices(), tier }, store.progress(path))) {
        if (piece.restart) store.forget(path);
        store.write(path, piece.rows, piece.progress, piece.counted);
      }
  };
  for (const [name, text] of Object.entries(files)) await folder.write(name, text);
  await read();
  return {
    ...{ ...folder, store, sessions, read },
    session: (id = SESSION) => wholeSession(db, sessions, id, hash),
    content: (step: string, session = SESSION) => contents.of(session, step),
  };
}
