import type { Fact, Mood } from "./facts.ts";
import { id, text } from "./json.ts";
import type { Turn } from "./turn.ts";

interface Sight {
  first: number;
  last: number;
  /** What the first and the last line of the main thread say of their session; several at the same time. */
  start: SessionFact[];
  asideStart: SessionFact[];
  end: SessionFact[];
}

/** Lower than any time. */
const ASIDE = -(2 ** 50);

type SessionFact = Extract<Fact, { kind: "session" }>;

/** When sessions were at work, where and how: every line of a conversation says it, the first and the last count. */
export class Seen {
  readonly #sessions = new Map<string, Sight>();

  line(turn: Turn, mood: Mood | undefined): void {
    const { line, session, at, agent } = turn;
    const sight = this.#sessions.get(session) ?? { first: at, last: at, start: [], asideStart: [], end: [] };
    this.#sessions.set(session, sight);
    sight.first = Math.min(sight.first, at);
    sight.last = Math.max(sight.last, at);
    const aside = agent !== undefined || line.isSidechain === true;
    const [project, client] = [text(line.cwd), id(line.version)];
    if (project !== undefined) {
      const known = aside ? "asideStart" : "start";
      // A sub-agent's folder is not the session's, unless nothing else tells.
      const projectRank = aside ? ASIDE - at : undefined;
      const fact = (): SessionFact => ({
        ...{ kind: "session", session, at, project, projectRank, branch: branchOf(turn) },
      });
      sight[known] = earliest(sight[known], fact, at);
    }
    if (aside) return;
    const to = sight.end[0]?.at ?? Number.NEGATIVE_INFINITY;
    if (mood !== undefined && at >= to) {
      if (at > to) sight.end = [];
      sight.end.push({ kind: "session", session, at, mood, client });
    }
  }

  facts(): Fact[] {
    return [...this.#sessions].flatMap(([session, { first, last, start, asideStart, end }]) => [
      { kind: "session" as const, session, at: first },
      { kind: "session" as const, session, at: last },
      ...start,
      ...asideStart,
      ...end,
    ]);
  }
}

/** What a branch is called are words, which the lowest tier does not keep. */
function branchOf({ line, context: { tier, redactor } }: Turn): string | undefined {
  const branch = tier > 1 ? id(line.gitBranch) : undefined;
  return branch && redactor.redact(branch);
}

function earliest(known: SessionFact[], fact: () => SessionFact, at: number): SessionFact[] {
  const before = known[0]?.at ?? Number.POSITIVE_INFINITY;
  return at < before ? [fact()] : at === before ? [...known, fact()] : known;
}
