import type { Chance } from "../../store/made-up/chance.ts";
import { WideChance } from "./chance.ts";
import { uuid } from "./ids.ts";
import type { LineFile, Part } from "./line-file.ts";
import { escaped } from "./pool.ts";

export const VERSION = "2.1.329";

/** Where a thread's lines are said: what they all end with. */
export interface Place {
  session: string;
  cwd: string;
  branch: string;
  entrypoint: "cli" | "sdk-cli";
  agent?: string;
}

interface Chained {
  /** What stands before and after its own uuid and time. */
  before: Part[];
  after?: Part[];
  /** Instead of the line before it; null begins a chain. */
  parent?: string | null;
  promptId?: string;
  /** System lines name their time before their uuid. */
  system?: boolean;
  asked?: boolean;
}

/** A conversation's lines, each of which names the one before it; and its clock. */
export class Thread {
  chance: Chance = new WideChance(0, 0);
  at: number;
  /** The session that a fork copies its history from, while it does: those lines were said there. */
  origin: string | undefined;
  readonly place: Place;
  readonly file: LineFile;
  readonly #now: number;
  readonly #head: string;
  readonly #agent: string;
  readonly #tail: string;
  #last: string | null = null;

  constructor(file: LineFile, place: Place, at: number, now: number) {
    const { agent, entrypoint, cwd, session, branch } = place;
    this.file = file;
    this.place = place;
    this.at = at;
    this.#now = now;
    this.#head = `"isSidechain":${agent !== undefined},`;
    this.#agent = agent ? `"agentId":"${agent}",` : "";
    this.#tail = `"userType":"external","entrypoint":"${entrypoint}","cwd":"${escaped(cwd)}","sessionId":"${session}","version":"${VERSION}","gitBranch":"${branch}"`;
  }

  /** Lets time pass, which is never later than now: the nearer that is, the slower it goes. */
  wait(from: number, to: number): void {
    this.at += Math.min(this.chance.skewed(from, to), Math.floor((this.#now - this.at) / 50));
  }

  get time(): string {
    return new Date(this.at).toISOString();
  }

  /** A line of the conversation; answers its uuid. */
  chained({ before, after = [], parent = this.#last, promptId, system, asked }: Chained): string {
    const id = uuid(this.chance);
    const own = system
      ? `,"timestamp":"${this.time}","uuid":"${id}",`
      : `,"uuid":"${id}","timestamp":"${this.time}",`;
    const origin = asked && this.origin ? `,"requestSessionId":"${this.origin}"` : "";
    this.file.line([
      `{"parentUuid":${parent === null ? "null" : `"${parent}"`},${this.#head}`,
      `${promptId ? `"promptId":"${promptId}",` : ""}${this.#agent}`,
      ...[...before, own, ...after, this.#tail, `${origin}}`],
    ]);
    this.#last = id;
    return id;
  }

  /** A line beside the conversation, which a fork does not copy. */
  loose(type: string, fields: Part[]): void {
    if (this.origin) return;
    this.file.line([`{"type":"${type}",`, ...fields, "}"]);
  }

  /** Fields that lines beside the conversation begin with. */
  get here(): string {
    return `"sessionId":"${this.place.session}",${this.#agent}`;
  }
}
