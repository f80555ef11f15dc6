import { text } from "node:stream/consumers";
import { takeHook } from "../connect/take-hook.ts";
import { type Options, placeOf } from "./terminal.ts";

/** Takes in one hook from the standard input. It is part of somebody's work there: it says nothing and never fails. */
export async function hook(options: Options): Promise<void> {
  try {
    const json = await text(process.stdin);
    await takeHook(placeOf(options).dataDir, json);
  } catch {}
}
