/** Time inside a session; it moves only when something takes time. */
export class Clock {
  #now: number;

  constructor(start: string | number) {
    this.#now = new Date(start).getTime();
  }

  get now(): number {
    return this.#now;
  }

  get iso(): string {
    return new Date(this.#now).toISOString();
  }

  pass(ms: number): void {
    this.#now += Math.round(ms);
  }

  /** Waits for a moment; one that is already over changes nothing. */
  reach(time: number): void {
    this.#now = Math.max(this.#now, Math.round(time));
  }
}
