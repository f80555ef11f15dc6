import { join } from "node:path";
import type { MailSettings } from "../alert.ts";
import { ExpectedError, reason } from "../base/expected-error.ts";
import { isLoopback } from "../base/loopback.ts";
import type { sendMail } from "./mail.ts";
import type { Message } from "./message.ts";

/** How to reach a server. */
export interface Mailer {
  host: string;
  port: number;
  /** Encrypted from the first byte; else it has to become so, except on this machine. */
  secure: boolean;
  requireTLS: boolean;
  auth?: { user: string; pass: string };
}

export interface Letter {
  from: string;
  to: string;
  subject: string;
  text: string;
  /** The same however often it is tried. */
  messageId: string;
}

interface MailBundle {
  sendMail: typeof sendMail;
}

const PORTS: Record<string, number> = { "smtps:": 465, "smtp:": 587 };

/** Sends a message by mail. The library is loaded by this, so that it costs nothing where it is not wanted. */
export async function mail(
  settings: Partial<MailSettings>,
  password: string | undefined,
  message: Message,
  load: () => MailBundle | Promise<MailBundle> = bundle,
): Promise<void> {
  const refused = mailRefusal(settings);
  if (refused) throw new ExpectedError(refused);
  const { server = "", from = "", to = "" } = settings;
  const mailer = mailerOf(server, password);
  const { sendMail } = await load();
  const { id, text } = message;
  const subject = `Agent Trace: ${message.data.rule}`;
  const letter = { from, to, subject, text: `${text}\n`, messageId: `<${id}@agent-trace.invalid>` };
  await sendMail(mailer, letter).catch(error => {
    throw new ExpectedError(`${mailer.host} did not take the mail: ${reason(error)}`);
  });
}

/** Why no mail can be sent by some settings; nothing when it can. */
function mailRefusal({ server = "", from = "", to = "" }: Partial<MailSettings>): string | undefined {
  if (server === "") return "There is no mail's server yet. Name it in the setting agentTrace.mail.";
  if (!URL.canParse(server) || !Object.hasOwn(PORTS, new URL(server).protocol))
    return "The mail's server must be such as smtps://me@mail.example.org, or smtp:// with STARTTLS.";
  if (new URL(server).password)
    return "The mail's password does not belong into the settings. Run Agent Trace: Set Alert Secrets….";
  return from.includes("@") && to.includes("@") ? undefined : "The mail wants a sender and a receiver.";
}

export function mailerOf(server: string, password: string | undefined): Mailer {
  const { protocol, hostname, port, username } = new URL(server);
  const secure = protocol === "smtps:";
  if (username && !password)
    throw new ExpectedError(
      "There is no password for the mail's server. Run Agent Trace: Set Alert Secrets….",
    );
  return {
    ...{ host: hostname.replace(/^\[|\]$/g, ""), port: port ? Number(port) : (PORTS[protocol] ?? 587) },
    ...{ secure, requireTLS: !secure && !isLoopback(hostname) },
    ...(username && { auth: { user: decodeURIComponent(username), pass: password ?? "" } }),
  };
}

function bundle(): MailBundle {
  return require(join(__dirname, "mail.js"));
}
