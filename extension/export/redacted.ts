import type { Redactor } from "../clean/redact.ts";

/** By these things are told apart; they are no words, and look like secrets to some patterns. */
const ID = /^id$|Id$|^sha$/;

/** The same without secrets in any of its texts. */
export function redacted<T>(value: T, redactor: Redactor): T {
  return walked(value, (text, name) => (ID.test(name) ? text : redactor.redact(text))) as T;
}

/** What a tool was given, which is JSON: a secret may show by the name it has there, or by itself. */
export function redactedJson(json: string, redactor: Redactor): unknown {
  const text = redactor.redact(json);
  try {
    return walked(JSON.parse(text), text => redactor.redact(text));
  } catch {
    return text;
  }
}

function walked(value: unknown, redact: (text: string, name: string) => string, name = ""): unknown {
  if (typeof value === "string") return redact(value, name);
  if (Array.isArray(value)) return value.map(item => walked(item, redact, name));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walked(item, redact, name)]));
}
