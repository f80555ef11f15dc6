/** The part of Node 24's SQLite that the benchmark uses; our types are those of Node 20, which has none. */
declare module "node:sqlite" {
  type Value = string | number | null | Uint8Array;

  export interface StatementSync {
    all(...params: Value[]): unknown[];
    get(...params: Value[]): unknown;
    run(...params: Value[]): unknown;
  }

  export class DatabaseSync {
    constructor(file: string);
    function(name: string, work: (bytes: Uint8Array | null) => string | null): void;
    prepare(sql: string): StatementSync;
    exec(sql: string): void;
    close(): void;
  }
}
