import { resolve } from "node:path";
import initSqlJs, { type Database, type SqlJsStatic } from "sql.js";
import { reason } from "../base/expected-error.ts";
import { belongsTo, Disk } from "./disk.ts";
import { Memory } from "./memory.ts";
import { StoreError } from "./trouble.ts";
import { type Calls, Writer } from "./writer.ts";

/**
 * sql.js, unmodified, with its databases in real files instead of in memory.
 *
 * sql.js is SQLite compiled to WebAssembly, with a file system made up in memory: to keep a database, one exports
 * all of it at every save. But SQLite reaches any file system through a table of functions, its "VFS", and that
 * table lies in memory that we can write to. So the four functions that take a path are replaced by ours, which
 * answer for the paths opened here and pass everything else on to the former ones.
 *
 * This rests on things that sql.js does not promise: that a loader may bring the WebAssembly in by itself
 * (`instantiateWasm`, from Emscripten), that `addFunction`, `_malloc` and SQLite's own functions are to be had, and
 * that a database knows its address as `db`. That is why its version is pinned, and why `load` looks at what it
 * finds before it changes anything.
 */
export interface SQLite {
  readonly disk: Disk;
  /** Opens the database in `file`, which is made if there is none. */
  open(file: string): Database;
  /** A quick way to run one statement very often; it is to be closed before its database. */
  writer(db: Database, sql: string): Writer;
  /** Lets SQLite write to one more path, for VACUUM INTO. */
  allow(file: string): string;
}

/** What sql.js has beside what its types say. */
interface Module extends SqlJsStatic, Calls {
  addFunction(work: (...args: never[]) => number, signature: string): number;
  _malloc(bytes: number): number;
  _free(at: number): void;
  _sqlite3_open(name: number, out: number): number;
  _sqlite3_close_v2(db: number): number;
}

// Where things stand in SQLite's public struct sqlite3_vfs (sqlite3.h), in bytes, all pointers being 32 bits.
const VFS = { version: 0, name: 16, open: 24, delete: 28, access: 32, fullPathname: 36 };
const KNOWN_VERSION = 3;
const CANTOPEN = 14;
// The name by which sql.js opens whatever it is given.
const MADE_UP = /(^|\/)dbfile_\d+$/;

export async function loadSQLite(wasm: Uint8Array): Promise<SQLite> {
  const { module, exports } = await instantiate(wasm).catch(error => {
    throw unknown(reason(error));
  });
  const found = Object.values(exports);
  const memory = found.find(one => one instanceof WebAssembly.Memory);
  const table = found.find(one => one instanceof WebAssembly.Table);
  const needed = [module.addFunction, module._malloc, module._free, module._sqlite3_prepare_v2];
  if (!memory || !table || needed.includes(undefined as never)) throw unknown("it can't be used with files");
  const shared = new Memory(memory, {
    allocate: module._malloc,
    free: module._free,
    addFunction: module.addFunction,
  });
  const vfs = findVfs(module, shared);
  const disk = new Disk(shared);

  const ours = new Set<string>();
  let opening: string | undefined;
  const isOurs = (at: number) => at !== 0 && [...ours].some(path => belongsTo(shared.text(at), path));
  const replace = (at: number, signature: string, choose: (former: Call) => Call) => {
    const former = table.get(shared.int32(at)) as Call;
    shared.setInt32(at, shared.addFunction(choose(former), signature));
  };
  // In all of these the second argument is the path.
  for (const name of ["open", "delete", "access"] as const) {
    const { signature, call } = disk.system[name] as { signature: string; call: Call };
    replace(
      vfs + VFS[name],
      signature,
      former =>
        (...args) =>
          (isOurs(args[1] ?? 0) ? call : former)(...args),
    );
  }
  replace(vfs + VFS.fullPathname, "iiiii", former => (self = 0, name = 0, room = 0, out = 0) => {
    const path = shared.text(name);
    if (opening !== undefined && MADE_UP.test(path)) return shared.setText(out, opening, room) ? 0 : CANTOPEN;
    if (ours.has(path)) return shared.setText(out, path, room) ? 0 : CANTOPEN;
    return former(self, name, room, out);
  });

  const allow = (file: string) => {
    const path = resolve(file);
    ours.add(path);
    return path;
  };
  const open = (file: string) => {
    opening = allow(file);
    try {
      return new module.Database(new Uint8Array(0));
    } finally {
      opening = undefined;
    }
  };
  const writer = (db: Database, sql: string) => {
    const at: unknown = (db as { db?: unknown }).db;
    if (typeof at !== "number") throw unknown("its databases can't be written to directly");
    return new Writer(module, shared, at, sql);
  };
  return { disk, allow, open, writer };
}

type Call = (...args: number[]) => number;

async function instantiate(wasm: Uint8Array): Promise<{ module: Module; exports: WebAssembly.Exports }> {
  let exports: WebAssembly.Exports = {};
  const module = await initSqlJs({
    instantiateWasm(imports, done) {
      const program = new WebAssembly.Module(wasm.slice());
      const instance = new WebAssembly.Instance(program, imports);
      exports = instance.exports;
      done(instance);
      return exports;
    },
  });
  return { module: module as Module, exports };
}

/** The address of SQLite's VFS: the first word of any open database. */
function findVfs(module: Module, memory: Memory): number {
  const name = memory.allocate(16);
  const out = memory.allocate(4);
  memory.setText(name, ":memory:", 16);
  module._sqlite3_open(name, out);
  const db = memory.int32(out);
  const vfs = memory.int32(db);
  const system = memory.text(memory.int32(vfs + VFS.name));
  const version = memory.int32(vfs + VFS.version);
  module._sqlite3_close_v2(db);
  if (system === "unix" && version <= KNOWN_VERSION) return vfs;
  throw unknown(`its file system is ${system}, version ${version}`);
}

function unknown(why: string): StoreError {
  return new StoreError(
    "unusable",
    `This version of sql.js is not the one that Agent Trace was made for: ${why}.`,
  );
}
