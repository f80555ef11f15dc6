import type { Engine } from "../db/engine.ts";
import type { Match, SearchWanted } from "../questions.ts";
import { hereIn, where } from "./where.ts";

const SEARCH = `select o.id as session, c.of, c.owner, snippet(search, '', '', '…', -1, 24) as snippet
  from search join content c on c.id = search.docid join session o on o.key = c.session
    left join source f on f.id = o.source`;

/** A match as the index knows it. */
type Kept = Omit<Match, "title" | "name">;

interface Row {
  session: string;
  of: string;
  owner: string;
  snippet: string;
}

/** Finds words in what the privacy tier lets the store keep, what was stored last first. */
export function search(db: Engine, folders: string[], { q, limit = -1 }: SearchWanted): Kept[] {
  const words = quoted(q);
  if (words === "") return [];
  const wanted = where(hereIn(folders), ["search match ?", words]);
  const sql = `${SEARCH} where ${wanted.sql} order by search.docid desc limit ?`;
  return db.all<Row>(sql, [...wanted.params, limit]).map(({ session, of, owner, snippet }) => ({
    sessionId: session,
    promptId: of === "prompt" ? owner : null,
    stepId: of === "prompt" || of === "title" ? null : owner,
    snippet,
  }));
}

/**
 * The user's words as the index takes them: each in quotes, so that none is an operator; what is written in one,
 * such as `cart.ts`, one after the other; the last may still be unfinished.
 */
function quoted(q: string): string {
  const phrases = q.split(/\s+/).map(word => word.match(/[\p{L}\p{N}\p{M}]+/gu)?.join(" ") ?? "");
  const said = phrases.filter(Boolean);
  return said.map((phrase, i) => `"${phrase}${i === said.length - 1 ? "*" : ""}"`).join(" ");
}
