import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { basename, join } from "node:path";

type Operation =
  | { kind: "create"; path: string; inode: number }
  | { kind: "write"; inode: number; at: number; bytes: Uint8Array }
  | { kind: "truncate"; inode: number; size: number }
  | { kind: "sync"; inode: number }
  | { kind: "rename"; from: string; to: string }
  | { kind: "remove"; path: string }
  | { kind: "syncFolder" }
  | { kind: "acked"; count: number };

const { openSync, closeSync, writeSync, ftruncateSync, fdatasyncSync, fsyncSync } = fs;
const { renameSync, unlinkSync, rmSync, copyFileSync } = fs;
const real = {
  ...{ openSync, closeSync, writeSync, ftruncateSync, fdatasyncSync, fsyncSync },
  ...{ renameSync, unlinkSync, rmSync, copyFileSync },
};

/** Writes down everything that is done to the files of a folder, so that a power cut can be played through. */
export class RecordedDisk {
  readonly operations: Operation[] = [];
  readonly #folder: string;
  readonly #names = new Map<string, number>();
  readonly #open = new Map<number, number | "folder">();
  #inodes = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Notes that whoever wrote was told that so many commits are stored. */
  ack(count: number): void {
    this.operations.push({ kind: "acked", count });
  }

  /** Lets `work` run with every call of node:fs that it makes recorded. */
  record(work: () => void): void {
    Object.assign(fs, this.#recording());
    syncBuiltinESMExports();
    try {
      work();
    } finally {
      Object.assign(fs, real);
      syncBuiltinESMExports();
    }
  }

  #recording() {
    const { operations } = this;
    const note = (fd: number, operation: (inode: number) => Operation) => {
      const inode = this.#open.get(fd);
      if (typeof inode === "number") operations.push(operation(inode));
    };
    const sync = (fd: number) => {
      if (this.#open.get(fd) === "folder") operations.push({ kind: "syncFolder" });
      note(fd, inode => ({ kind: "sync", inode }));
    };
    return {
      openSync: (path: string, flags: string | number, mode?: number) => {
        const fd = openSync(path, flags, mode);
        if (path === this.#folder) this.#open.set(fd, "folder");
        else if (path.startsWith(this.#folder)) this.#open.set(fd, this.#inodeOf(path));
        return fd;
      },
      closeSync: (fd: number) => {
        this.#open.delete(fd);
        closeSync(fd);
      },
      writeSync: (fd: number, bytes: Uint8Array, from: number, length: number, at: number) => {
        const written = writeSync(fd, bytes, from, length, at);
        note(fd, inode => ({ kind: "write", inode, at, bytes: bytes.slice(from, from + written) }));
        return written;
      },
      ftruncateSync: (fd: number, size: number) => {
        ftruncateSync(fd, size);
        note(fd, inode => ({ kind: "truncate", inode, size }));
      },
      fdatasyncSync: sync,
      fsyncSync: sync,
      renameSync: (from: string, to: string) => {
        renameSync(from, to);
        operations.push({ kind: "rename", from, to });
        this.#names.set(to, this.#inodeOf(from));
        this.#names.delete(from);
      },
      unlinkSync: (path: string) => {
        unlinkSync(path);
        this.#remove(path);
      },
      rmSync: (path: string, options?: fs.RmOptions) => {
        rmSync(path, options);
        this.#remove(path);
      },
      copyFileSync: (from: string, to: string, mode?: number) => {
        copyFileSync(from, to, mode);
        this.#remove(to);
        operations.push({ kind: "write", inode: this.#inodeOf(to), at: 0, bytes: fs.readFileSync(to) });
      },
    };
  }

  #inodeOf(path: string): number {
    const known = this.#names.get(path);
    if (known !== undefined) return known;
    const inode = ++this.#inodes;
    this.#names.set(path, inode);
    this.operations.push({ kind: "create", path, inode });
    return inode;
  }

  #remove(path: string): void {
    if (this.#names.delete(path)) this.operations.push({ kind: "remove", path });
  }
}

interface File {
  /** What is on the disk for sure: so many of these bytes. */
  safe: Buffer;
  size: number;
  /** What was written since it was last synced, and may get there or not. */
  unsure: Extract<Operation, { kind: "write" | "truncate" }>[];
}

const SECTOR = 512;

/**
 * Plays recorded operations up to a moment at which the power is cut. What was not synced by then gets to the disk
 * in some sectors and not in others; of new, moved and removed names those up to some moment, in their order, as a
 * journaling file system keeps them. With `ignoreSync` the disk lies, as some do.
 */
export class PowerCut {
  readonly #operations: Operation[];
  readonly #ignoreSync: boolean;
  readonly #files = new Map<number, File>();
  readonly #names = new Map<string, number>();
  #unsure: Operation[] = [];
  #at = 0;
  /** How many commits had been told of by then. */
  acked = 0;

  constructor(operations: Operation[], ignoreSync: boolean) {
    this.#operations = operations;
    this.#ignoreSync = ignoreSync;
  }

  /** Plays on, up to an operation. */
  playTo(end: number): void {
    for (; this.#at < end; this.#at++) {
      const operation = this.#operations[this.#at];
      if (operation) this.#play(operation);
    }
  }

  /** Puts into `folder` what a power cut right now would leave. */
  cut(folder: string, random: () => number): void {
    const names = new Map(this.#names);
    const arrived = Math.floor(random() * (this.#unsure.length + 1));
    for (const change of this.#unsure.slice(0, arrived)) rename(names, change);
    fs.rmSync(folder, { recursive: true, force: true });
    fs.mkdirSync(folder, { recursive: true });
    for (const [path, inode] of names) {
      const file = this.#files.get(inode) ?? { safe: Buffer.alloc(0), size: 0, unsure: [] };
      const after = { ...file, safe: Buffer.from(file.safe) };
      const luck = random();
      settle(after, () => random() < luck);
      fs.writeFileSync(join(folder, basename(path)), after.safe.subarray(0, after.size));
    }
  }

  #play(operation: Operation): void {
    switch (operation.kind) {
      case "acked":
        this.acked = operation.count;
        break;
      case "write":
      case "truncate":
        this.#files.get(operation.inode)?.unsure.push(operation);
        break;
      case "sync": {
        const file = this.#files.get(operation.inode);
        if (file && !this.#ignoreSync) settle(file);
        break;
      }
      case "syncFolder":
        if (!this.#ignoreSync) for (const change of this.#unsure.splice(0)) rename(this.#names, change);
        break;
      default:
        if (operation.kind === "create")
          this.#files.set(operation.inode, { safe: Buffer.alloc(0), size: 0, unsure: [] });
        this.#unsure.push(operation);
    }
  }
}

function rename(names: Map<string, number>, change: Operation): void {
  if (change.kind === "create") names.set(change.path, change.inode);
  if (change.kind === "remove") names.delete(change.path);
  if (change.kind !== "rename") return;
  const inode = names.get(change.from);
  names.delete(change.from);
  if (inode !== undefined) names.set(change.to, inode);
}

/** Lets what is unsure get to the disk: all of it, or those sectors that arrive. */
function settle(file: File, arrives?: () => boolean): void {
  for (const change of file.unsure) {
    if (change.kind === "write") {
      const step = arrives ? SECTOR : change.bytes.length;
      for (let from = 0; from < change.bytes.length; from += step)
        if (!arrives || arrives()) put(file, change.bytes.subarray(from, from + step), change.at + from);
    } else if (!arrives || arrives()) {
      put(file, Buffer.alloc(0), change.size);
      file.safe.fill(0, change.size);
      file.size = change.size;
    }
  }
  file.unsure = [];
}

function put(file: File, bytes: Uint8Array, at: number): void {
  const end = at + bytes.length;
  if (end > file.safe.length) {
    const larger = Buffer.alloc(Math.max(end, 2 * file.safe.length));
    file.safe.copy(larger);
    file.safe = larger;
  }
  file.safe.set(bytes, at);
  file.size = Math.max(file.size, end);
}
