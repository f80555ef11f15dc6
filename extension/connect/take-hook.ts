import { isErased } from "../base/erased.ts";
import { Mailbox } from "../base/mailbox.ts";
import { eventOfHook } from "../clean/facts-of-event.ts";

/** Puts what a hook said into the inbox, without its words. */
export async function takeHook(dataDir: string, json: string): Promise<void> {
  if (!isErased(dataDir)) await new Mailbox(dataDir).put(eventOfHook(JSON.parse(json), Date.now()));
}
