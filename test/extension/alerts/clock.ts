import type { Clock } from "../../../extension/base/clock.ts";

/** A clock that stands until a test moves it. */
export class TestClock implements Clock {
  #now: number;
  readonly #timers = new Set<{ at: number; work: () => void }>();

  constructor(now: number) {
    this.#now = now;
  }

  readonly now = (): number => this.#now;

  after(ms: number, work: () => void): { close(): void } {
    const timer = { at: this.#now + ms, work };
    this.#timers.add(timer);
    return { close: () => this.#timers.delete(timer) };
  }

  /** When the next timer is due, from now. */
  get next(): number {
    return Math.min(...[...this.#timers].map(({ at }) => at)) - this.#now;
  }

  /** Lets time go by, with all that is due in it in its order. */
  pass(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [first] = [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!first) break;
      this.#timers.delete(first);
      this.#now = first.at;
      first.work();
    }
    this.#now = end;
  }
}
