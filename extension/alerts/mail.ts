import { createTransport } from "nodemailer";
import type { Letter, Mailer } from "./start-mail.ts";

const TIMEOUT = 10_000;

/** Sends a letter. This is a bundle of its own: most people have no use for nodemailer. */
export async function sendMail(
  { host, port, secure, requireTLS, auth }: Mailer,
  letter: Letter,
): Promise<void> {
  const transport = createTransport({
    ...{ host, port, secure, requireTLS, ...(auth && { auth }) },
    ...{ connectionTimeout: TIMEOUT, greetingTimeout: TIMEOUT, socketTimeout: TIMEOUT, dnsTimeout: TIMEOUT },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  try {
    await transport.sendMail(letter);
  } finally {
    transport.close();
  }
}
