import { id, type Json, text } from "./json.ts";
import type { Memory } from "./memory.ts";
import { blocksOf } from "./prompts.ts";

/**
 * Whether a line was copied out of another session: a fork's file begins with such lines, and that of a resumed
 * session in early clients. Late ones name in a copied answer the session that asked for it; the others (seen in
 * 1.0.60 to 2.1.300) don't, and two sessions would tell of the same. Only that which wrote a line tells of it.
 */
export function isCopy(memory: Memory, line: Json, at: number): boolean {
  const older = at < (memory.head?.begun ?? Number.NEGATIVE_INFINITY);
  if (line.type !== "user" && line.type !== "assistant") return older;
  if (!older) delete memory.head;
  const copied = older || isRepeated(memory, line, at);
  const uuid = id(line.uuid);
  if (uuid !== undefined && (line.type === "user" || copied)) memory.before = { uuid, at, copied };
  else delete memory.before;
  return copied;
}

/** The first line with a time tells when a file was begun; copies stand before all that is its own. */
export function noteBeginning({ head }: Memory, line: Json): void {
  const at = Date.parse(text(line.timestamp) ?? "");
  if (head && head.begun === undefined && !Number.isNaN(at)) head.begun = at;
}

/** No model answers as fast, in milliseconds. */
const AT_ONCE = 10;

/** Early clients (1.0.60, 2.0.1) write copies anew: at one time, by other ids, and without those of the requests. */
function isRepeated({ before }: Memory, line: Json, at: number): boolean {
  const follows = before !== undefined && line.parentUuid === before.uuid && at - before.at < AT_ONCE;
  if (line.type === "user")
    return follows && before.copied && blocksOf(line).some(({ type }) => type === "tool_result");
  // What fails before it is sent, such as without a login, is told at once as well.
  if (line.isApiErrorMessage === true) return follows && before.copied;
  return line.requestId === undefined && (follows || line.parentUuid === null);
}
