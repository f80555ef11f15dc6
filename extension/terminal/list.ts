import { baseName, moment, work } from "../base/format.ts";
import type { Terminal } from "./terminal.ts";

/** Prints the sessions once all transcripts have been read. */
export async function list({ owner, json, print }: Terminal): Promise<void> {
  await owner.ready();
  const sessions = await owner.sessions();
  if (json) return print(JSON.stringify(sessions, undefined, 2));
  for (const session of sessions) {
    const when = moment(session.endedAt, Date.now()).padEnd(16);
    print(`${when}  ${session.title}  (${baseName(session.project)}, ${work(session)})`);
  }
  if (sessions.length === 0) print("There are no sessions of Claude Code here. See agent-trace --help.");
}
