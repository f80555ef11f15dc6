import { ExpectedError } from "../base/expected-error.ts";

type Environment = Record<string, string | undefined>;

/** `{NAME}` is a variable of the environment, which has to be there; `{NAME|else}` need not be. */
interface Preset {
  base: string;
  path: string;
  /** Whatever a variable has under `*`, in which there may be several. */
  headers: Record<string, string>;
}

/** Where spans usually go. */
export const TRACES = "/v1/traces";

/** Where these take spans, and the header by which they know whose: as their documentation has it in November 2026. */
const PRESETS = {
  datadog: {
    base: "https://otlp.{DD_SITE|datadoghq.com}",
    path: TRACES,
    headers: { "dd-api-key": "{DD_API_KEY}" },
  },
  honeycomb: {
    base: "https://api.honeycomb.io",
    path: TRACES,
    headers: { "x-honeycomb-team": "{HONEYCOMB_API_KEY}" },
  },
  newrelic: {
    base: "https://otlp.nr-data.net",
    path: TRACES,
    headers: { "api-key": "{NEW_RELIC_LICENSE_KEY}" },
  },
  splunk: {
    base: "https://ingest.{SPLUNK_REALM}.observability.splunkcloud.com",
    path: "/v2/trace/otlp",
    headers: { "x-sf-token": "{SPLUNK_ACCESS_TOKEN}" },
  },
  // Its cloud hands out both variables; a Tempo of one's own wants neither.
  grafana: {
    base: "{OTEL_EXPORTER_OTLP_ENDPOINT|http://localhost:4318}",
    path: TRACES,
    headers: { "*": "{OTEL_EXPORTER_OTLP_HEADERS|}" },
  },
  jaeger: { base: "http://localhost:4318", path: TRACES, headers: {} },
} satisfies Record<string, Preset>;

export type PresetName = keyof typeof PRESETS;

/** Its address with what the environment says put in, unless another is given; and its headers likewise. */
export function presetOf(name: PresetName, env: Environment, given?: string) {
  // It may have been written by hand.
  if (!Object.hasOwn(PRESETS, name))
    throw new ExpectedError(`There is no preset ${name}. There are ${Object.keys(PRESETS).join(", ")}.`);
  const { base, path, headers }: Preset = PRESETS[name];
  const values = Object.entries(headers).flatMap(([header, value]) => {
    const text = filled(value, env);
    return header === "*" ? listed(text) : [[header, text]];
  });
  const endpoint = given ?? filled(base, env).replace(/\/$/, "") + path;
  return { endpoint, path, headers: Object.fromEntries(values) as Record<string, string> };
}

function filled(text: string, env: Environment): string {
  return text.replace(/\{(\w+)(?:\|(.*?))?\}/g, (_, name: string, usual?: string) => {
    const value = env[name]?.trim() || usual;
    if (value !== undefined) return value;
    throw new ExpectedError(`Set ${name} in the environment: it is read from there.`);
  });
}

/** `a=b,c=d`, with what else a value has in it escaped as in an address: OpenTelemetry's own way to say headers. */
function listed(text: string): string[][] {
  return text
    .split(",")
    .map(pair => /^\s*([^=\s]+)\s*=(.*)$/.exec(pair))
    .flatMap(found => (found ? [[found[1] ?? "", decodeURIComponent((found[2] ?? "").trim())]] : []));
}
