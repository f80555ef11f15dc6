import type { Endpoint } from "../export/send.ts";
import { Misuse } from "./misuse.ts";

/** Where `--endpoint` and `--header` mean; an address without a path means OTLP's usual one. */
export function endpointOf(given: string, headers: string[] = []): Endpoint {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Misuse(`--endpoint wants an address such as https://collector:4318, not ${given}.`);
  if (url.pathname === "/") url.pathname = "/v1/traces";
  return { url, headers: Object.fromEntries(headers.map(headerOf)) };
}

function headerOf(given: string): [name: string, value: string] {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+)=([\x20-\x7e]*)$/.exec(given) ?? [];
  if (name !== undefined && value !== undefined) return [name, value];
  // What is wrong may be the key itself, which is not repeated here.
  throw new Misuse("--header wants NAME=VALUE.");
}
