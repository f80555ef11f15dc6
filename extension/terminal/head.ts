import { baseName, brief, count, duration, lines, money } from "../base/format.ts";
import { timeZone } from "../base/zone.ts";
import type { Session } from "../protocol.ts";
import type { Paint } from "./paint.ts";
import { cut, shown } from "./width.ts";

/** What a session was, in a few lines. */
export function headOf(session: Session, width: number, paint: Paint): string[] {
  const { costUsd, unattributedUsd, unpricedModels, models, startedAt, endedAt } = session;
  const { files, commits, subagents, linesAdded, linesRemoved } = session;
  const spent =
    unattributedUsd > 0 ? `${money(costUsd)} + ${money(unattributedUsd)} unattributed` : money(costUsd);
  const work = [
    count(session.toolCalls, "tool call"),
    session.errors > 0 && count(session.errors, "error"),
    subagents.length > 0 && count(subagents.length, "sub-agent"),
    files.length > 0 && `${count(files.length, "file")} ${lines(linesAdded, linesRemoved)}`,
    commits.length > 0 && count(commits.length, "commit"),
  ];
  const quiet = [
    brief(session.id, session.status, stamp(startedAt)),
    brief(baseName(session.project), models.join(", "), duration(endedAt - startedAt), spent),
    brief(...work),
    ...unpricedModels.map(model => `The price of ${model} is not known; what it cost is missing above.`),
  ];
  return [
    paint("bold", cut(shown(session.title), width)),
    ...quiet.map(line => paint("dim", cut(shown(line), width))),
  ];
}

/** `20 Nov 2026, 14:02`: of whatever year. */
export function stamp(at: number): string {
  return new Date(at).toLocaleString("en-GB", {
    ...{ day: "numeric", month: "short", year: "numeric" },
    ...{ hour: "2-digit", minute: "2-digit", timeZone: timeZone() },
  });
}
