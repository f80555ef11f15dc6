import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { fingerprint } from "./capture/fingerprint.ts";
import { newLines } from "./capture/lines.ts";
import { agentOf } from "./capture/transcripts.ts";
import { agentFacts } from "./clean/asides.ts";
import type { Spot } from "./clean/facts.ts";
import { Interpreter } from "./clean/interpreter.ts";
import { parseObject } from "./clean/json.ts";
import { blankMemory, type Memory } from "./clean/memory.ts";
import type { Context } from "./clean/turn.ts";
import { Batch, type Rows } from "./db/merge.ts";
import type { Counted, Progress } from "./db/store.ts";

/** A stretch of a file as rows, and how far the file was read with it. */
export interface Piece {
  path: string;
  /** The file is another than the one that was read before: what was read of that does not hold. */
  restart: boolean;
  rows: Rows;
  progress: Progress;
  counted: Counted & { lines: number };
}

/** So many rows, or bytes, are handed on at once. */
const [ROWS, BYTES] = [4000, 16 * 1024 * 1024];

/** Reads what is new in a file since `known`, a piece at a time. This is the path of every transcript. */
export function* parseFile(path: string, context: Context, known?: Progress): Generator<Piece> {
  const file = openSync(path, "r");
  try {
    const { size, mtimeMs: modified } = fstatSync(file);
    if (known?.size === size && known.modified === modified) return;
    const agent = agentOf(path);
    if (agent) return yield* metaPiece(path, agent, { size, modified }, known !== undefined);
    const restart = known !== undefined && !isContinued(file, size, known);
    yield* pieces(path, file, context, restart ? undefined : known, { size, modified, restart });
  } finally {
    closeSync(file);
  }
}

function isContinued(file: number, size: number, { cursor, head }: Progress): boolean {
  return size >= cursor && fingerprint(file, cursor) === head;
}

function* pieces(
  path: string,
  file: number,
  context: Context,
  known: Progress | undefined,
  now: { size: number; modified: number; restart: boolean },
): Generator<Piece> {
  const memory = known && {
    ...blankMemory(),
    head: undefined,
    ...(JSON.parse(known.memory) as Partial<Memory>),
  };
  const interpreter = new Interpreter(context, spot => readAt(file, spot), memory);
  let { restart } = now;
  let cursor = known?.cursor ?? 0;
  let [from, piece] = [cursor, blank()];
  const finish = (atEnd: boolean): Piece => ({
    ...{ path, restart, rows: piece.batch.rows },
    counted: { ...piece.counted, unknown: [...piece.unknown] },
    progress: {
      cursor,
      // As long as there is more of it, it does not look like the file that was read.
      size: atEnd ? now.size : cursor,
      modified: atEnd ? now.modified : 0,
      head: fingerprint(file, cursor),
      memory: JSON.stringify(interpreter.memory),
    },
  });
  for (const lines of newLines(file, cursor)) {
    const found = interpreter.read(lines);
    piece.batch.take(found.facts);
    piece.counted.lines += found.lines;
    piece.counted.skipped += found.skipped;
    for (const [what, times] of found.unknown)
      piece.unknown.set(what, (piece.unknown.get(what) ?? 0) + times);
    const last = lines.at(-1);
    if (last) cursor = last.offset + last.length + 1;
    if (piece.batch.size < ROWS && cursor - from < BYTES) continue;
    yield finish(false);
    restart = false;
    [from, piece] = [cursor, blank()];
  }
  yield finish(true);
}

function blank() {
  const unknown = new Map<string, number>();
  return { batch: new Batch(), unknown, counted: { lines: 0, skipped: 0 } };
}

function readAt(file: number, { offset, length }: Spot): Uint8Array {
  const bytes = Buffer.allocUnsafe(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, offset));
}

/** What Claude Code says about a sub-agent stands in a small file of its own. */
function* metaPiece(
  path: string,
  { agent, session }: { agent: string; session: string },
  { size, modified }: { size: number; modified: number },
  known: boolean,
): Generator<Piece> {
  const meta = parseObject(readFileSync(path, "utf8"));
  const rows = Batch.of(meta ? agentFacts(meta, agent, session) : []);
  const progress = { cursor: size, size, modified, head: "", memory: "{}" };
  // It is written whole each time, and may have been read half-written before.
  yield { path, restart: known, rows, progress, counted: { lines: 1, skipped: meta ? 0 : 1, unknown: [] } };
}
