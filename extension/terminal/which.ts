import { ExpectedError } from "../base/expected-error.ts";
import { count } from "../base/format.ts";
import type { SessionRow } from "../protocol.ts";
import { near } from "./near.ts";
import { noneOf } from "./none.ts";
import type { Terminal } from "./terminal.ts";
import { cut, shown } from "./width.ts";

/** So much of an id tells it from all others that a person has. */
export const SHORT = 8;

/** The session that is meant by its id or the beginning of it, and without one the last that was at work. */
export async function whichSession(terminal: Terminal, given: string | undefined): Promise<string> {
  const { owner } = terminal;
  if (given !== undefined) return idOf(await owner.sessions(), given);
  const [last] = await owner.sessions({ limit: 1 });
  if (!last) throw new ExpectedError(await noneOf(terminal));
  return last.id;
}

/** The id that begins as given. */
export function idOf(sessions: SessionRow[], given: string): string {
  const found = sessions.filter(session => session.id.startsWith(given.toLowerCase()));
  const [only, another] = found;
  if (only && !another) return only.id;
  if (found.some(session => session.id === given)) return given;
  if (only) throw new ExpectedError(`${count(found.length, "session")} begin with ${given}:${named(found)}`);
  const ids = near(given, [...new Set(sessions.map(({ id }) => id.slice(0, given.length)))]);
  const meant = sessions.filter(({ id }) => ids.includes(id.slice(0, given.length)));
  throw new ExpectedError(
    meant.length > 0
      ? `There is no session ${given}. Did you mean:${named(meant)}`
      : `There is no session ${given}. agent-trace list has them all.`,
  );
}

function named(sessions: SessionRow[]): string {
  return sessions
    .slice(0, 5)
    .map(({ id, title }) => `\n  ${id.slice(0, SHORT + 5)}  ${cut(shown(title), 60)}`)
    .join("");
}
