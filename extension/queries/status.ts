import { errorCode } from "../base/expected-error.ts";
import type { Mood } from "../clean/facts.ts";
import type { SessionRow, SessionStatus } from "../protocol.ts";

/** What a session was last seen at, and when. */
export interface Moods {
  mood: Mood | null;
  mood_rank: number | null;
  asked: string | null;
  end_reason: string | null;
  end_rank: number | null;
  ended_at: number;
  process: number | null;
  process_rank: number | null;
  prompted_at: number | null;
}

const MINUTE = 60_000;

/** Whoever works tells of it, if only when a tool ends; and commands that run for longer are rare. */
const LOST = 10 * MINUTE;
/** Without hooks nobody tells that a client was closed. */
const GONE = 12 * 60 * MINUTE;
const IDLE = 10 * MINUTE;
const OVER = 60 * MINUTE;

type Status = Pick<SessionRow, "status" | "statusSince" | "asks">;

/** What a session does at the time of `now`: from what it said of itself, and for how long it has been silent. */
export function statusOf(row: Moods, now: number): Status {
  const { mood, mood_rank, asked, end_reason, end_rank, ended_at } = row;
  const since = mood_rank ?? ended_at;
  // A session that is taken up again is at work after its end.
  if (end_reason !== null && (end_rank ?? 0) >= since) return status(over(mood), end_rank ?? ended_at);
  const silent = now - Math.max(since, ended_at);
  const busy = mood === "working" || mood === "asking";
  if (silent < GONE && isGone(row)) return status(busy ? "lost" : over(mood), since);
  switch (mood) {
    case "working":
      return status(silent < LOST ? "running" : silent < GONE ? "lost" : "interrupted", since);
    case "asking":
      return silent < GONE ? { ...status("asking", since), asks: asked } : status("interrupted", since);
    case "failed":
    case "interrupted":
      return status(mood, since);
    default:
      return status(silent < IDLE ? "waiting" : silent < OVER ? "idle" : "done", since);
  }
}

/** A prompt that came without its hook was asked of another process, of which nobody told. */
const AT_ONCE = 10_000;

/** Whether the process is gone that ran the session last. */
function isGone({ process: id, process_rank, prompted_at }: Moods): boolean {
  if (id === null || (prompted_at ?? 0) > (process_rank ?? 0) + AT_ONCE || process.platform === "win32")
    return false;
  try {
    process.kill(id, 0);
    return false;
  } catch (error) {
    return errorCode(error) === "ESRCH";
  }
}

function status(status: SessionStatus, statusSince: number): Status {
  return { status, statusSince, asks: null };
}

/** How a session ended that was closed. */
function over(mood: Mood | null): SessionStatus {
  if (mood === "failed" || mood === "interrupted") return mood;
  return mood === "working" || mood === "asking" ? "interrupted" : "done";
}

/** Whether something may still come of it. */
export function isAlive({ status }: Pick<SessionRow, "status">): boolean {
  return ["running", "asking", "waiting", "idle"].includes(status);
}

/** Whether what has no end yet may still get one. */
export function isAtWork({ status }: Pick<SessionRow, "status">): boolean {
  return status === "running" || status === "asking";
}
