import { debounce } from "../base/debounce.ts";
import { count } from "../base/format.ts";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";
import { Signal } from "../base/signal.ts";
import type { SessionRow } from "../protocol.ts";

const HOUR = 3_600_000;

/** Those at work, those that wait for somebody, and those that just failed. */
const WANTED = { status: "running,asking,waiting,idle,failed", limit: 100 };
/** Whoever is silent for longer is not alive any more. */
const SILENT = 13 * HOUR;
/** So often the clock may have changed a state that nobody told of. */
const OFTEN = 30_000;

type Asked = Pick<Owner, "status" | "sessions" | "hints" | "statusChanged">;

/** The sessions that are alive, seen or not: asked for when something changed, and now and then while there are any. */
export class LiveSessions {
  readonly changed = new Signal<SessionRow[]>();
  /** The state of one has changed by time alone. */
  readonly due = new Signal<void>();
  readonly #life = new Lifetime();
  readonly #owner: Asked;
  readonly #often: number;
  #pause = 200;
  #states = "";
  #timer: NodeJS.Timeout | undefined;

  constructor(owner: Asked, often = OFTEN) {
    this.#owner = owner;
    this.#often = often;
    const look = this.#life.add(
      debounce(
        () => void this.#look(),
        () => this.#pause,
      ),
    );
    this.#life.add(owner.hints.on(look));
    this.#life.add(owner.statusChanged.on(look));
  }

  close(): Promise<void> {
    clearTimeout(this.#timer);
    return this.#life.close();
  }

  async #look(): Promise<string> {
    if (this.#owner.status.kind !== "joined") return this.#states;
    const now = Date.now();
    // An owner that could not answer is asked again when it is back.
    const sessions = await this.#owner.sessions({ ...WANTED, since: now - SILENT }).catch(() => undefined);
    if (!sessions || this.#life.ended) return this.#states;
    this.#pause = Math.max(200, 3 * (Date.now() - now));
    this.#states = sessions.map(({ id, status }) => `${id} ${status}`).join("\n");
    clearTimeout(this.#timer);
    const isAlive = sessions.some(({ status }) => status !== "failed");
    if (isAlive) this.#timer = setTimeout(() => void this.#tick(), this.#often);
    this.changed.fire(sessions);
    return this.#states;
  }

  async #tick(): Promise<void> {
    const before = this.#states;
    if ((await this.#look()) !== before) this.due.fire();
  }
}

/** How many sessions are at work or ask for something. */
export function badgeOf(sessions: SessionRow[]): { value: number; tooltip: string } | undefined {
  const many = (status: string) => sessions.filter(row => row.status === status).length;
  const [running, asking] = [many("running"), many("asking")];
  const parts = [
    asking > 0 && `${count(asking, "session")} ${asking === 1 ? "asks" : "ask"} for a permission`,
    running > 0 && `${count(running, "session")} at work`,
  ];
  return running + asking > 0
    ? { value: running + asking, tooltip: parts.filter(Boolean).join(", ") }
    : undefined;
}
