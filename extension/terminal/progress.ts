import { setTimeout as delay } from "node:timers/promises";
import { count } from "../base/format.ts";
import type { Terminal } from "./terminal.ts";

/** Before so long nobody wonders what goes on. */
const SOON = 400;
const CLEAR = "\r\x1b[2K";

/** Waits until all transcripts have been read, and says on a terminal how far it is. */
export async function reading({ owner }: Terminal): Promise<void> {
  const done = owner.ready();
  if (!process.stderr.isTTY) return done;
  const ended = done.then(() => true);
  await Promise.race([ended, delay(SOON, undefined, { ref: false })]);
  let shown = false;
  while (!(await Promise.race([ended, delay(100, false, { ref: false })]))) {
    const { read, found } = await owner.state();
    process.stderr.write(`${CLEAR}Reading ${read.toLocaleString("en")} of ${count(found, "transcript")}…`);
    shown = true;
  }
  if (shown) process.stderr.write(CLEAR);
}
