import { setTimeout as delay } from "node:timers/promises";
import { count } from "../base/format.ts";
import { countTimeIn } from "../base/zone.ts";
import type { Terminal } from "./terminal.ts";

/** Before so long nobody wonders what goes on. */
const SOON = 400;
const CLEAR = "\r\x1b[2K";

/** Waits until all transcripts have been read, and counts time from then on as they were counted. */
export async function reading(terminal: Terminal): Promise<void> {
  await watched(terminal);
  countTimeIn((await terminal.owner.state()).timeZone);
}

/** Says on a terminal how far it is. */
async function watched({ owner }: Terminal): Promise<void> {
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
