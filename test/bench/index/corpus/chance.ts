import { Chance } from "../../store/made-up/chance.ts";

/**
 * Chance that begins anew for each turn of each session. Those are so many that with the one word of state of the
 * class it extends, some would run into each other and make the same ids; this has four (sfc32).
 */
export class WideChance extends Chance {
  #a: number;
  #b: number;
  #c = 0x9e3779b9;
  #count = 1;

  constructor(seed: number, part: number) {
    super(seed);
    this.#a = seed | 0;
    this.#b = part | 0;
    for (let i = 0; i < 12; i++) this.next();
  }

  override next(): number {
    const sum = (this.#a + this.#b + this.#count) | 0;
    this.#count = (this.#count + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  }
}
