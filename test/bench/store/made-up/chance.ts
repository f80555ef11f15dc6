/** Chance that falls the same way for the same seed, on every machine (mulberry32). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** From 0 to just below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  /** Small numbers more often than large ones, as in most things that people do: each doubling is as likely. */
  skewed(from: number, to: number): number {
    return Math.floor(from * (to / from) ** this.next());
  }

  pick<T>(some: readonly [T, ...T[]]): T {
    return some[this.whole(0, some.length - 1)] ?? some[0];
  }

  happens(share: number): boolean {
    return this.next() < share;
  }

  /** Letters and digits, as in the ids of Claude Code. */
  letters(count: number): string {
    return Array.from({ length: count }, () => this.whole(0, 35).toString(36)).join("");
  }

  uuid(): string {
    const hex = (count: number) =>
      Array.from({ length: count }, () => this.whole(0, 15).toString(16)).join("");
    return [8, 4, 4, 4, 12].map(hex).join("-");
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.whole(0, 255));
  }
}
