import type { AlertSecrets, AlertSettings, MailSettings } from "../alert.ts";

/** Where alerts go to. */
export type Addresses = Pick<AlertSettings, "webhook" | "mail">;

/** What an editor's settings say; without an editor the environment does. */
export function addressesOf(settings: AlertSettings | undefined, env: NodeJS.ProcessEnv): Addresses {
  if (settings) return settings;
  const mail: Record<keyof MailSettings, string | undefined> = {
    server: env.AGENT_TRACE_MAIL,
    from: env.AGENT_TRACE_MAIL_FROM,
    to: env.AGENT_TRACE_MAIL_TO,
  };
  const said = Object.entries(mail).filter(([, value]) => value !== undefined);
  return { webhook: env.AGENT_TRACE_WEBHOOK ?? "", mail: Object.fromEntries(said) };
}

/** What was entrusted by an editor, or else stands in the environment. */
export function secretsOf(entrusted: AlertSecrets, env: NodeJS.ProcessEnv): AlertSecrets {
  const { AGENT_TRACE_WEBHOOK_SECRET: webhook, AGENT_TRACE_MAIL_PASSWORD: email } = env;
  return { ...(webhook && { webhook }), ...(email && { email }), ...entrusted };
}
