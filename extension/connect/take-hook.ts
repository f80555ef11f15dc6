import { isErased } from "../base/erased.ts";
import { keyedHash } from "../base/keyed-hash.ts";
import { Mailbox } from "../base/mailbox.ts";
import { pathKeyOf } from "../base/token.ts";
import { eventOfHook } from "../clean/facts-of-event.ts";
import { Redactor } from "../clean/redact.ts";

/** Puts what a hook said into the inbox, without its words: what the store may keep of them, its transcript has. */
export async function takeHook(dataDir: string, json: string): Promise<void> {
  if (isErased(dataDir)) return;
  const terms = { tier: 1, hash: keyedHash(pathKeyOf(dataDir)), redactor: new Redactor() } as const;
  const mailbox = new Mailbox(dataDir);
  await mailbox.put(eventOfHook(JSON.parse(json), Date.now(), terms));
  await mailbox.seal();
}
