const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const HEX = "0123456789abcdef";

/** Ids as the client makes them, but the same seed always gives the same ones. */
export class Ids {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed, 0x9e3779b1);
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.#next() * (high - low + 1));
  }

  hex(length: number): string {
    return this.#word(HEX, length);
  }

  uuid(): string {
    const variant = HEX[this.between(8, 11)];
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-${variant}${this.hex(3)}-${this.hex(12)}`;
  }

  message(): string {
    return `msg_01${this.#word(BASE62, 22)}`;
  }

  tool(): string {
    return `toolu_01${this.#word(BASE62, 22)}`;
  }

  request(): string {
    return `req_011${this.#word(BASE62, 21)}`;
  }

  agent(): string {
    return `a${this.hex(16)}`;
  }

  /** What the client keeps to hand a thinking block back to the API. */
  signature(): string {
    return `EqQB${this.#word(BASE62, 20)}`;
  }

  #word(alphabet: string, length: number): string {
    return Array.from({ length }, () => alphabet[Math.floor(this.#next() * alphabet.length)]).join("");
  }

  // mulberry32: small, and its sequence is fixed by the seed alone
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }
}
