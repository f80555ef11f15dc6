import { brief, money, short } from "../base/format.ts";
import { programOf } from "../base/program.ts";
import type { SessionRow, SessionStatus } from "../protocol.ts";
import { isIn } from "./here.ts";
import { stateOf } from "./session-row.ts";

/** Who is shown first: whoever needs somebody. */
const URGENT: SessionStatus[] = ["asking", "running", "waiting", "idle"];

/** The session of these folders that matters now; the last one at work among those that are alike. */
export function currentOf(sessions: SessionRow[], folders: string[]): SessionRow | undefined {
  // A server that is recorded is not the agent, but asked by it.
  const here = sessions.filter(row => isIn(folders, row.project) && isAgent(row));
  return URGENT.flatMap(status => here.filter(row => row.status === status))[0];
}

function isAgent({ clientVersion }: SessionRow): boolean {
  return clientVersion === null || programOf(clientVersion).isClaude;
}

/** `Asks to use Bash · $1.24 · 68k`: of one that goes its way only what it costs and how full its context is. */
export function currentSum(session: SessionRow): string {
  const { status, costUsd, context } = session;
  const full = context === undefined ? "" : short(context);
  return (
    brief(status === "asking" && stateOf(session), costUsd > 0 && money(costUsd), full) || stateOf(session)
  );
}
