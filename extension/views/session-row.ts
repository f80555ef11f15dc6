import { brief, count, duration, lines, moment, money, short } from "../base/format.ts";
import { programName } from "../base/program.ts";
import type { SessionRow, SessionStatus } from "../protocol.ts";

/** How a state is shown; where the colour says nothing there is none. */
export interface Look {
  icon: string;
  color?: string;
  words: string;
}

export const LOOKS: Record<SessionStatus, Look> = {
  running: { icon: "sync~spin", color: "charts.blue", words: "At work" },
  asking: { icon: "bell-dot", color: "charts.yellow", words: "Asks for a permission" },
  waiting: { icon: "comment-unresolved", color: "charts.blue", words: "Waits for you" },
  idle: { icon: "comment", words: "Idle" },
  done: { icon: "pass", color: "disabledForeground", words: "Done" },
  failed: { icon: "error", color: "list.errorForeground", words: "Ended with an error" },
  interrupted: { icon: "circle-slash", color: "disabledForeground", words: "Interrupted" },
  lost: { icon: "debug-disconnect", color: "list.warningForeground", words: "Nothing more was heard of it" },
};

/** `Asks to use Bash`. */
export function stateOf({ status, asks }: Pick<SessionRow, "status" | "asks">): string {
  return status === "asking" && asks !== null ? `Asks to use ${asks}` : LOOKS[status].words;
}

/** `$1.24 · 12 min · +120 −34 · 2 commits`: what a session came to. */
export function sumOf(session: SessionRow): string {
  return brief(session.status === "asking" && stateOf(session), ...cameTo(session));
}

function cameTo(session: SessionRow): (string | false)[] {
  const { costUsd, linesAdded, linesRemoved, commits } = session;
  return [
    costUsd > 0 && money(costUsd),
    took(session),
    lines(linesAdded, linesRemoved),
    commits > 0 && count(commits, "commit"),
  ];
}

/** How long something took, when it took any time. */
export function took({ startedAt, endedAt }: { startedAt: number; endedAt: number }): string {
  return endedAt - startedAt < 1000 ? "" : duration(endedAt - startedAt);
}

/** What a screen reader says of a session: all that can be seen of its row. */
export function spokenOf(session: SessionRow, now: number): string {
  const { title, errors, statusSince } = session;
  const state = `${stateOf(session)} since ${moment(statusSince, now)}`;
  const parts = [title, state, errors > 0 && count(errors, "error"), ...cameTo(session)];
  return parts.filter(Boolean).join(", ");
}

/** The whole story of a session, as pairs of a name and what is to be said. */
export function storyOf(session: SessionRow, now: number): [string, string][] {
  const { status, statusSince, project, branch, clientVersion, models, unpricedModels } = session;
  const since = status === "running" || status === "asking" || status === "waiting";
  const waits = since ? ` for ${duration(Math.max(0, now - statusSince))}` : `, ${moment(statusSince, now)}`;
  const unpriced = unpricedModels.length > 0 && `no price is known of ${unpricedModels.join(", ")}`;
  const all: [string, string][] = [
    ["State", stateOf(session) + waits],
    ["Cost", brief(money(session.costUsd), unattributed(session), unpriced)],
    ["Tokens", tokensOf(session)],
    ["Time", brief(moment(session.startedAt, now), took(session))],
    ["Work", workOf(session)],
    ["Changes", changesOf(session)],
    ["Model", models.join(", ")],
    ["Project", brief(project, branch)],
    ["Client", clientVersion === null ? "" : programName(clientVersion)],
  ];
  return all.filter(([, words]) => words !== "");
}

function unattributed({ unattributedUsd }: SessionRow): string {
  return unattributedUsd > 0 ? `${money(unattributedUsd)} more unattributed` : "";
}

function tokensOf({ tokens }: SessionRow): string {
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = tokens;
  const read = input + cacheRead + cacheWrite5m + cacheWrite1h;
  const share = read > 0 ? `, ${Math.round((100 * cacheRead) / read)} % of it from the cache` : "";
  return read + output > 0 ? `${short(read)} read${share} · ${short(output)} written` : "";
}

function workOf({ prompts, toolCalls, subagents, errors }: SessionRow): string {
  return brief(
    count(prompts, "prompt"),
    count(toolCalls, "tool call"),
    subagents > 0 && count(subagents, "sub-agent"),
    errors > 0 && count(errors, "error"),
  );
}

function changesOf({ linesAdded, linesRemoved, files, commits }: SessionRow): string {
  return brief(
    lines(linesAdded, linesRemoved),
    files > 0 && count(files, "file"),
    commits > 0 && count(commits, "commit"),
  );
}
