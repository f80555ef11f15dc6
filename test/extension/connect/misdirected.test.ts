import { expect, test } from "vitest";
import { misdirected } from "../../../extension/connect/misdirected.ts";
import { ENDPOINT } from "../../../extension/connect/pieces.ts";
import { plan } from "../../../extension/connect/plan.ts";
import { scratch } from "../../scratch.ts";
import { WANTED } from "./wanted.ts";

const connectedTo = (port: number | string) =>
  (plan("{}", { ...WANTED, port: 9999 }).text ?? "").replaceAll(
    "http://127.0.0.1:9999",
    `http://127.0.0.1:${port}`,
  );

test.each<[string, string | undefined, string | undefined]>([
  ["this port", connectedTo(8317), undefined],
  ["another", connectedTo(9999), "http://127.0.0.1:9999/v1/logs"],
  ["what somebody spoilt", connectedTo("99999999"), "http://127.0.0.1:99999999/v1/logs"],
  ["no address any more", connectedTo(9999).replace(ENDPOINT, "MOVED"), undefined],
  ["nothing", "{}", undefined],
  ["nothing, for want of settings", undefined, undefined],
  ["nobody knows, as it is no JSON", "{", undefined],
  ["somebody else", '{"env":{"OTEL_EXPORTER_OTLP_LOGS_ENDPOINT":"http://127.0.0.1:1/v1/logs"}}', undefined],
])("settings connected to %s", async (_, settings, found) => {
  await using home = await scratch(settings === undefined ? {} : { "settings.json": settings });
  expect(await misdirected([home.path], WANTED, 8317)).toBe(found);
});
