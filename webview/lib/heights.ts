/** Where the rows of a long list stand: by their measured heights, and until then by what is expected of them. */
export class Heights {
  readonly #known = new Map<string, number>();
  #ids: string[] = [];
  #places = new Map<string, number>();
  #expected: number[] = [];
  #tops: Float64Array | undefined;

  /** Takes over a list of rows. */
  lay<T extends { id: string }>(rows: T[], expect: (row: T) => number): void {
    this.#ids = rows.map(row => row.id);
    this.#places = new Map(this.#ids.map((id, i) => [id, i]));
    this.#expected = rows.map(expect);
    this.#tops = undefined;
  }

  /** Notes how high a row is; answers whether that is news. */
  set(id: string, height: number): boolean {
    if (this.#known.get(id) === height) return false;
    this.#known.set(id, height);
    this.#tops = undefined;
    return true;
  }

  get total(): number {
    return this.top(this.#ids.length);
  }

  /** Where the row with this index begins. */
  top(index: number): number {
    this.#tops ??= this.#sum();
    return this.#tops[index] ?? 0;
  }

  /** Where the row with this id begins, if there is one. */
  topOf(id: string): number | undefined {
    const place = this.#places.get(id);
    return place === undefined ? undefined : this.top(place);
  }

  /** The index of the row at a height. */
  at(y: number): number {
    let [low, high] = [0, Math.max(0, this.#ids.length - 1)];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.top(middle) <= y) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #sum(): Float64Array {
    const tops = new Float64Array(this.#ids.length + 1);
    let top = 0;
    for (const [i, id] of this.#ids.entries()) {
      top += this.#known.get(id) ?? this.#expected[i] ?? 0;
      tops[i + 1] = top;
    }
    return tops;
  }
}
