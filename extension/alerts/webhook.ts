import { createHmac } from "node:crypto";
import { ExpectedError, reason } from "../base/expected-error.ts";
import { isLoopback } from "../base/loopback.ts";
import type { Message } from "./message.ts";

const TIMEOUT = 10_000;

/** Why nothing may be sent to an address; nothing when it may. Its path may be a secret, and is never repeated. */
function webhookRefusal(address: string): string | undefined {
  if (address === "")
    return "There is no webhook yet. Say where it goes to in the setting agentTrace.webhook.";
  if (!URL.canParse(address)) return "The webhook's address is not a URL.";
  const { protocol, hostname, username, password } = new URL(address);
  if (username || password) return "The webhook's address must not hold a name or a password.";
  if (protocol === "https:" || (protocol === "http:" && isLoopback(hostname))) return undefined;
  return "The webhook's address must begin with https://, or be on this machine.";
}

/**
 * Posts a message, signed as standardwebhooks.com says, so that receivers can check it with ready libraries. It goes
 * where the user said, and to nobody that they name in turn.
 */
export async function postWebhook(
  { address, secret }: { address: string; secret: string | undefined },
  message: Message,
  now: number,
): Promise<void> {
  const refused = webhookRefusal(address);
  if (refused) throw new ExpectedError(refused);
  if (!secret)
    throw new ExpectedError("There is no secret to sign with. Run Agent Trace: Set Alert Secrets….");
  const body = JSON.stringify(message);
  const headers = { "content-type": "application/json", ...signatureOf(message.id, body, secret, now) };
  const answer = await fetch(address, {
    ...{ method: "POST", headers, body, redirect: "manual" },
    signal: AbortSignal.timeout(TIMEOUT),
  }).catch(error => {
    const { cause } = error as Error;
    throw new ExpectedError(`${new URL(address).host} could not be reached: ${reason(cause ?? error)}`);
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new ExpectedError(`${new URL(address).host} answered ${answer.status}.`);
}

function signatureOf(id: string, body: string, secret: string, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const key = secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), "base64") : secret;
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}

/** Before a key that is written in base64. */
const PREFIX = "whsec_";
