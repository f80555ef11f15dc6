import { describe, expect, test } from "vitest";
import { type EndpointWanted, endpointOf } from "../../../extension/export/endpoint.ts";

const KEY = "k3y";

describe("presets", () => {
  test.each<[EndpointWanted, NodeJS.ProcessEnv, string, Record<string, string>]>([
    [
      { preset: "datadog" },
      { DD_API_KEY: KEY },
      "https://otlp.datadoghq.com/v1/traces",
      { "dd-api-key": KEY },
    ],
    [
      { preset: "datadog" },
      { DD_API_KEY: KEY, DD_SITE: "datadoghq.eu" },
      "https://otlp.datadoghq.eu/v1/traces",
      { "dd-api-key": KEY },
    ],
    [
      { preset: "honeycomb" },
      { HONEYCOMB_API_KEY: KEY },
      "https://api.honeycomb.io/v1/traces",
      { "x-honeycomb-team": KEY },
    ],
    [
      { preset: "honeycomb", endpoint: "https://api.eu1.honeycomb.io" },
      { HONEYCOMB_API_KEY: KEY },
      "https://api.eu1.honeycomb.io/v1/traces",
      { "x-honeycomb-team": KEY },
    ],
    [
      { preset: "newrelic" },
      { NEW_RELIC_LICENSE_KEY: KEY },
      "https://otlp.nr-data.net/v1/traces",
      { "api-key": KEY },
    ],
    [
      { preset: "splunk" },
      { SPLUNK_ACCESS_TOKEN: KEY, SPLUNK_REALM: "us1" },
      "https://ingest.us1.observability.splunkcloud.com/v2/trace/otlp",
      { "x-sf-token": KEY },
    ],
    [
      { preset: "splunk", endpoint: "https://proxy.test" },
      { SPLUNK_ACCESS_TOKEN: KEY },
      "https://proxy.test/v2/trace/otlp",
      { "x-sf-token": KEY },
    ],
    [
      { preset: "grafana" },
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: "https://otlp-gateway-prod-eu-west-2.grafana.net/otlp",
        OTEL_EXPORTER_OTLP_HEADERS: "Authorization=Basic%20a2V5, x-a=b=c",
      },
      "https://otlp-gateway-prod-eu-west-2.grafana.net/otlp/v1/traces",
      { Authorization: "Basic a2V5", "x-a": "b=c" },
    ],
    [{ preset: "grafana" }, {}, "http://localhost:4318/v1/traces", {}],
    [{ preset: "jaeger" }, { OTEL_EXPORTER_OTLP_HEADERS: "a=b" }, "http://localhost:4318/v1/traces", {}],
  ])("%j", (wanted, env, url, headers) => {
    const endpoint = endpointOf(wanted, env);
    expect([endpoint.url.href, endpoint.headers, endpoint.form]).toEqual([url, headers, "protobuf"]);
  });

  test("a key that is missing is named, not sent empty", () => {
    expect(() => endpointOf({ preset: "honeycomb" }, { HONEYCOMB_API_KEY: " " })).toThrow(
      /HONEYCOMB_API_KEY/,
    );
  });
});

test.each([
  ["https://collector.test:4318", "https://collector.test:4318/v1/traces"],
  ["http://127.0.0.1:4318/", "http://127.0.0.1:4318/v1/traces"],
  ["https://collector.test/custom/path", "https://collector.test/custom/path"],
])("%s means %s", (endpoint, url) => expect(endpointOf({ endpoint }, {}).url.href).toBe(url));

test("a header's value may be in the environment", () => {
  const headers = { "x-key": "env:MY_KEY", plain: "as it is" };
  expect(endpointOf({ endpoint: "http://a.test", headers }, { MY_KEY: KEY }).headers).toEqual({
    ...{ "x-key": KEY, plain: "as it is" },
  });
});

test.each<[EndpointWanted, NodeJS.ProcessEnv]>([
  [{ endpoint: "nowhere" }, {}],
  [{ endpoint: "file:///etc/passwd" }, {}],
  [{ endpoint: "http://a.test", headers: { "x-key": "env:MISSING" } }, {}],
  [{ endpoint: "http://a.test", headers: { [`${KEY} misplaced`]: "x" } }, {}],
  [{ endpoint: "http://a.test", headers: { "x-key": `${KEY}\r\nx-other: 1` } }, {}],
  [{ endpoint: "http://a.test", headers: { "x-key": "env:MY_KEY" } }, { MY_KEY: `${KEY}\n` }],
])("%j is refused, without what may be a key", (wanted, env) => {
  expect(() => endpointOf(wanted, env)).toThrow(/^((?!k3y).)*$/s);
});
