import type { Owner } from "../base/owner.ts";
import type { Hint, Session } from "../protocol.ts";

/** More are not open in a tree at once. */
const MOST = 50;

/** Whole sessions, each asked for once until it changes: every open row of one wants a part. */
export class WholeSessions {
  readonly #owner: Pick<Owner, "session">;
  readonly #asked = new Map<string, Promise<Session>>();
  /** What was answered last; while the owner is away it stays, so that no row closes. */
  readonly #known = new Map<string, Session>();

  constructor(owner: Pick<Owner, "session">) {
    this.#owner = owner;
  }

  of(id: string): Promise<Session> {
    const asked = this.#asked.get(id) ?? this.#ask(id);
    this.#asked.set(id, asked);
    return asked;
  }

  /** What a hint is about is asked for anew. */
  forget(hint: Hint): void {
    if (hint.kind === "session") this.#asked.delete(hint.session);
    else this.#asked.clear();
  }

  async #ask(id: string): Promise<Session> {
    try {
      const session = await this.#owner.session(id);
      this.#keep(id, session);
      return session;
    } catch (error) {
      this.#asked.delete(id);
      const known = this.#known.get(id);
      if (known) return known;
      throw error;
    }
  }

  #keep(id: string, session: Session): void {
    this.#known.delete(id);
    this.#known.set(id, session);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST && oldest !== undefined) this.#known.delete(oldest);
  }
}
