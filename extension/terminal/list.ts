import { baseName, count, moment } from "../base/format.ts";
import type { Terminal } from "./terminal.ts";

/** Prints the sessions once all transcripts have been read. */
export async function list({ owner, json, print }: Terminal): Promise<void> {
  await owner.ready();
  const sessions = await owner.sessions();
  if (json) return print(JSON.stringify(sessions, undefined, 2));
  for (const session of sessions) {
    const work = `${count(session.prompts, "prompt")}, ${count(session.steps, "step")}`;
    print(
      `${moment(session.endedAt, Date.now()).padEnd(16)}  ${session.title}  (${baseName(session.project)}, ${work})`,
    );
  }
  if (sessions.length === 0) print("There are no sessions of Claude Code here. See agent-trace --help.");
}
