import { harmless } from "../base/format.ts";
import type { SessionRow } from "../protocol.ts";
import { isIn } from "./here.ts";
import { stateOf } from "./session-row.ts";

/** An agent that waits for longer should be told of. */
const PATIENCE = 60_000;

/** Something that the user of a window should hear of. */
export interface News {
  /** The same for the same wait, or the same end. */
  key: string;
  session: SessionRow;
  words: string;
}

/** Which agents in these folders have waited too long, or ended with an error, since this window was opened. */
export function newsOf(sessions: SessionRow[], folders: string[], opened: number, now: number): News[] {
  return sessions
    .filter(({ project }) => isIn(folders, project))
    .flatMap(session => {
      const { id, status, statusSince } = session;
      const since = status === "asking" ? statusSince + PATIENCE : statusSince;
      if ((status !== "asking" && status !== "failed") || since < opened || since > now) return [];
      return [{ key: `${id} ${status} ${statusSince}`, session, words: wordsOf(session) }];
    });
}

function wordsOf(session: SessionRow): string {
  const title = `“${harmless(session.title)}”`;
  if (session.status === "failed") return `Claude Code ended with an error in ${title}.`;
  const asks =
    session.asks === null ? "asks for a permission" : harmless(stateOf(session)).replace("Asks", "asks");
  return `Claude Code has waited for more than a minute: it ${asks} in ${title}.`;
}
