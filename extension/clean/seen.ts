import type { Fact, Mood } from "./facts.ts";
import { id, text } from "./json.ts";
import type { Turn } from "./turn.ts";

interface Sight {
  first: number;
  last: number;
  /** What the first and the last line of the main thread say of their session; several at the same time. */
  start: SessionFact[];
  end: SessionFact[];
}

type SessionFact = Extract<Fact, { kind: "session" }>;

/** When sessions were at work, where and how: every line of a conversation says it, the first and the last count. */
export class Seen {
  readonly #sessions = new Map<string, Sight>();

  line({ line, session, at, agent }: Turn, mood: Mood | undefined): void {
    const sight = this.#sessions.get(session) ?? { first: at, last: at, start: [], end: [] };
    this.#sessions.set(session, sight);
    sight.first = Math.min(sight.first, at);
    sight.last = Math.max(sight.last, at);
    if (agent !== undefined || line.isSidechain === true) return; // a sub-agent's folder is not the session's
    const [project, branch, client] = [text(line.cwd), id(line.gitBranch), id(line.version)];
    const from = sight.start[0]?.at ?? Number.POSITIVE_INFINITY;
    if (project !== undefined && at <= from) {
      if (at < from) sight.start = [];
      sight.start.push({ kind: "session", session, at, project, ...(branch !== undefined && { branch }) });
    }
    const to = sight.end[0]?.at ?? Number.NEGATIVE_INFINITY;
    if (mood !== undefined && at >= to) {
      if (at > to) sight.end = [];
      sight.end.push({ kind: "session", session, at, mood, ...(client !== undefined && { client }) });
    }
  }

  facts(): Fact[] {
    return [...this.#sessions].flatMap(([session, { first, last, start, end }]) => [
      { kind: "session" as const, session, at: first },
      { kind: "session" as const, session, at: last },
      ...start,
      ...end,
    ]);
  }
}
