/** The memory of a WebAssembly program: how JavaScript and SQLite's C code hand each other things. */
export class Memory {
  readonly #memory: WebAssembly.Memory;
  readonly #decoder = new TextDecoder();
  readonly #encoder = new TextEncoder();
  #bytes: Uint8Array<ArrayBuffer>;
  #view: DataView;
  readonly allocate: (bytes: number) => number;
  readonly free: (at: number) => void;
  /** Makes a JavaScript function callable from C; answers its address. */
  readonly addFunction: (work: (...args: never[]) => number, signature: string) => number;

  constructor(memory: WebAssembly.Memory, module: Pick<Memory, "allocate" | "free" | "addFunction">) {
    this.#memory = memory;
    this.#bytes = new Uint8Array(memory.buffer);
    this.#view = new DataView(memory.buffer);
    this.allocate = module.allocate;
    this.free = module.free;
    this.addFunction = module.addFunction;
  }

  /** All bytes. To be asked for each time: when the memory grows, it moves. */
  bytes(): Uint8Array<ArrayBuffer> {
    if (this.#bytes.buffer !== this.#memory.buffer) {
      this.#bytes = new Uint8Array(this.#memory.buffer);
      this.#view = new DataView(this.#memory.buffer);
    }
    return this.#bytes;
  }

  int32(at: number): number {
    this.bytes();
    return this.#view.getUint32(at, true);
  }

  setInt32(at: number, value: number): void {
    this.bytes();
    this.#view.setInt32(at, value, true);
  }

  setInt64(at: number, value: number): void {
    this.bytes();
    this.#view.setBigInt64(at, BigInt(value), true);
  }

  /** The text at an address, up to the zero that ends it in C. */
  text(at: number): string {
    const bytes = this.bytes();
    return this.#decoder.decode(bytes.slice(at, bytes.indexOf(0, at)));
  }

  /** Puts a text at an address; answers false when it needs more than `room` bytes. */
  setText(at: number, text: string, room: number): boolean {
    const encoded = this.#encoder.encode(`${text}\0`);
    if (encoded.length > room) return false;
    this.bytes().set(encoded, at);
    return true;
  }
}
