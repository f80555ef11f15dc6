/** Anything that must be closed. */
export interface Closable {
  close?(): unknown;
  dispose?(): unknown;
}

/** Owns things that must be closed, and closes them newest first. */
export class Lifetime {
  #things: Closable[] | undefined = [];
  #closing: Promise<void> | undefined;

  /** Takes `thing` over and hands it back; closes it at once if this lifetime has already ended. */
  add<T extends Closable>(thing: T): T {
    if (this.#things) this.#things.push(thing);
    else void end(thing);
    return thing;
  }

  /** True once closed. */
  get ended(): boolean {
    return this.#things === undefined;
  }

  /** Resolves when all is closed, also for those who ask again meanwhile. */
  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    const things = this.#things ?? [];
    this.#things = undefined;
    // One thing that fails to close must not keep the others open.
    for (const thing of things.reverse()) await end(thing).catch(() => {});
  }
}

async function end(thing: Closable): Promise<void> {
  await (thing.close ? thing.close() : thing.dispose?.());
}
