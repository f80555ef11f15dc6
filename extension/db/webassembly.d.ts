/** The part of WebAssembly that `sqlite.ts` uses; TypeScript has it only together with everything of a browser. */
declare namespace WebAssembly {
  type Exports = Record<string, unknown>;
  type Imports = Record<string, unknown>;

  class Module {
    constructor(bytes: Uint8Array);
  }

  class Instance {
    readonly exports: Exports;
    constructor(module: Module, imports: Imports);
  }

  class Memory {
    readonly buffer: ArrayBuffer;
  }

  class Table {
    get(index: number): unknown;
  }
}
