/** Lines without a word, such as a bracket by itself, look like many others. */
const SAYING = /[\p{L}\p{N}]/u;

/** Lines without their white space, which does not count: to indent a line is not to write it. Each has a number. */
export class Inks {
  readonly #numbers: Map<string, number>;
  readonly #texts: string[];
  /** How many lines of the text are the same. */
  readonly #counts: number[];

  constructor(numbers: Iterable<[string, number]> = [], texts: string[] = [], counts: number[] = []) {
    this.#numbers = new Map(numbers);
    this.#texts = texts;
    this.#counts = counts;
  }

  copy(): Inks {
    return new Inks(this.#numbers, [...this.#texts], [...this.#counts]);
  }

  number(line: string): number {
    const ink = line.replace(/\s+/g, "");
    const known = this.#numbers.get(ink);
    if (known !== undefined) return known;
    this.#numbers.set(ink, this.#texts.length);
    this.#counts.push(0);
    return this.#texts.push(ink) - 1;
  }

  text(number: number): string {
    return this.#texts[number] ?? "";
  }

  says(number: number): boolean {
    return SAYING.test(this.text(number));
  }

  count(number: number): number {
    return this.#counts[number] ?? 0;
  }

  /** Counts lines that came, and those that went; answers by how much each came or went. */
  change(gone: Int32Array, come: Int32Array): Map<number, number> {
    const changes = new Map<number, number>();
    const add = (number: number, by: number) => {
      changes.set(number, (changes.get(number) ?? 0) + by);
      this.#counts[number] = this.count(number) + by;
    };
    for (const number of gone) add(number, -1);
    for (const number of come) add(number, 1);
    return changes;
  }
}
