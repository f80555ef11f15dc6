import { ExpectedError } from "../base/expected-error.ts";
import type { Form } from "../capture/otlp/decode.ts";
import { type PresetName, presetOf, TRACES } from "./presets.ts";

/** Where spans go, and how. */
export interface Endpoint {
  url: URL;
  /** Some of them are keys: they are neither shown nor written down anywhere. */
  headers: Record<string, string>;
  form: Form;
}

/** What somebody says of an endpoint: its address, whose it is, or both. */
export interface EndpointWanted {
  endpoint?: string | undefined;
  preset?: PresetName | undefined;
  /** A value of `env:NAME` is that variable of the environment, so that no key need be written down. */
  headers?: Record<string, string> | undefined;
  form?: Form | undefined;
}

/** The endpoint that is meant; or what is wrong with it, without what may be a key. */
export function endpointOf(wanted: EndpointWanted, env: NodeJS.ProcessEnv): Endpoint {
  const preset = wanted.preset && presetOf(wanted.preset, env, wanted.endpoint);
  const given = preset?.endpoint ?? wanted.endpoint ?? "";
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new ExpectedError(`An endpoint is an address such as https://collector:4318, not ${given}.`);
  if (url.pathname === "/") url.pathname = preset?.path ?? TRACES;
  const own = Object.entries(wanted.headers ?? {}).map(header => checked(header, env));
  return {
    url,
    headers: { ...preset?.headers, ...Object.fromEntries(own) },
    form: wanted.form ?? "protobuf",
  };
}

function checked([name, given]: [string, string], env: NodeJS.ProcessEnv): [name: string, value: string] {
  const variable = /^env:(\w+)$/.exec(given)?.[1];
  const value = variable === undefined ? given : env[variable];
  if (value === undefined)
    throw new ExpectedError(`Set ${variable} in the environment: ${name} is read from there.`);
  if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(name) || !/^[\x20-\x7e]*$/.test(value))
    throw new ExpectedError("A header is a name and what it says, both in plain letters."); // perhaps a key, misplaced
  return [name, value];
}
