import { ExpectedError } from "../base/expected-error.ts";
import { type Endpoint, endpointOf } from "../export/endpoint.ts";
import type { PresetName } from "../export/presets.ts";
import { Misuse, oneOf } from "./misuse.ts";
import { choices, type Options } from "./options.ts";

const FORMS = { "http/protobuf": "protobuf", "http/json": "json" } as const;

/** Where `--endpoint` and `--preset` mean, if anywhere. */
export function endpointIn(options: Options): Endpoint | undefined {
  const { endpoint, preset, header = [], protocol } = options;
  if (endpoint === undefined && preset === undefined) return undefined;
  const protocols = choices("protocol") as (keyof typeof FORMS)[];
  const wanted = {
    endpoint,
    preset: preset === undefined ? undefined : (oneOf(choices("preset"), preset, "--preset") as PresetName),
    headers: Object.fromEntries(header.map(headerOf)),
    form: protocol === undefined ? undefined : FORMS[oneOf(protocols, protocol, "--protocol")],
  };
  try {
    return endpointOf(wanted, process.env);
  } catch (error) {
    throw error instanceof ExpectedError ? new Misuse(error.message) : error;
  }
}

function headerOf(given: string): [name: string, value: string] {
  const [, name, value] = /^([^=]+)=(.*)$/.exec(given) ?? [];
  if (name !== undefined && value !== undefined) return [name, value];
  // What is wrong may be the key itself, which is not repeated here.
  throw new Misuse("--header wants NAME=VALUE.");
}
