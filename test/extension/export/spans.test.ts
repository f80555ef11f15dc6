import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as conventions from "@opentelemetry/semantic-conventions/incubating";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { decode } from "../../../extension/capture/otlp/decode.ts";
import { otlp, resourceSpans } from "../../../extension/export/otlp.ts";
import type { Span } from "../../../extension/export/span.ts";
import { spansOf } from "../../../extension/export/spans.ts";
import { type Trace, Traces } from "../../../extension/export/trace.ts";
import { scratch } from "../../scratch.ts";
import { CAPTURES } from "../captured.ts";
import { openOwner } from "../open-owner.ts";
import { prompt, step, trace } from "./sample.ts";

vi.setConfig({ hookTimeout: 60_000 });

/** The names of OpenTelemetry's semantic conventions, by the official package; those for generative AI are incubating. */
const OFFICIAL = new Set<unknown>(Object.values(conventions));
const DECLARED = "node_modules/@opentelemetry/semantic-conventions/dist/experimental_attributes.d.mts";
/** Of some its types say that others have taken their place; of all for AI, that they moved to a repository of their own. */
const OUTDATED = new Set(
  [
    ...readFileSync(DECLARED, "utf8").matchAll(
      /@deprecated Replaced by(?:(?!\*\/).)*\*\/\s*declare const \w+: "([^"]+)"/gs,
    ),
  ].map(found => found[1]),
);
const OPERATIONS = [
  conventions.GEN_AI_OPERATION_NAME_VALUE_INVOKE_AGENT,
  conventions.GEN_AI_OPERATION_NAME_VALUE_CHAT,
  conventions.GEN_AI_OPERATION_NAME_VALUE_EXECUTE_TOOL,
  undefined,
];

const value = (span: Pick<Span, "attributes">, key: string) =>
  Object.values(span.attributes.find(attribute => attribute.key === key)?.value ?? {})[0];

describe("of all captures and demo sessions", () => {
  let home: Awaited<ReturnType<typeof scratch>>;
  let owner: ReturnType<typeof openOwner>;
  let traces: Trace[];
  let spans: Span[][];

  beforeAll(async () => {
    home = await scratch();
    const folders = [resolve("media/demo"), ...readdirSync(CAPTURES).map(name => join(CAPTURES, name))];
    owner = openOwner(home.path, { folders });
    await vi.waitFor(() => expect(owner.status.kind).toBe("joined"), 20_000);
    await owner.ready();
    const open = await Traces.open(owner, "all");
    traces = [];
    for (const { id } of await owner.sessions()) traces.push(await open.of(id));
    spans = traces.map(spansOf);
  });

  afterAll(async () => {
    await owner?.close();
    await home?.[Symbol.asyncDispose]();
  });

  test("each is a trace of one root, and each other span is below another, no earlier than its session", () => {
    expect(spans.length).toBeGreaterThan(40);
    for (const all of spans) {
      const ids = new Set(all.map(({ spanId }) => spanId));
      expect(new Set(all.map(({ traceId }) => traceId)).size).toBe(1);
      expect(ids.size).toBe(all.length);
      expect(all.filter(({ parentSpanId }) => parentSpanId === undefined).length).toBe(1);
      for (const { parentSpanId, startTimeUnixNano, endTimeUnixNano } of all) {
        if (parentSpanId !== undefined) expect(ids).toContain(parentSpanId);
        expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano));
        expect(endTimeUnixNano.length).toBe(19);
      }
    }
  });

  test("there is a span for each prompt, request, sub-agent and tool call, and no other", () => {
    for (const [i, { prompts, requests, subagents, toolCalls }] of traces.entries())
      expect(spans[i]?.length).toBe(1 + prompts.length + requests.length + subagents.length + toolCalls);
  });

  test("names are the official ones, or ours", () => {
    const names = new Set(
      spans
        .flat()
        .flatMap(span =>
          [span, ...span.events].flatMap(({ attributes }) => attributes.map(({ key }) => key)),
        ),
    );
    const foreign = [...names].filter(name => !OFFICIAL.has(name) && !name.startsWith("agent_trace."));
    expect([foreign, [...names].filter(name => OUTDATED.has(name))]).toEqual([[], []]);
    expect(OUTDATED).toContain("gen_ai.system");
    for (const span of spans.flat()) {
      const operation = value(span, "gen_ai.operation.name");
      expect(OPERATIONS).toContain(operation);
      if (operation !== undefined) expect(span.name.startsWith(String(operation))).toBe(true);
      expect(value(span, "gen_ai.provider.name")).toBe(conventions.GEN_AI_PROVIDER_NAME_VALUE_ANTHROPIC);
    }
  });

  test("our own receiver understands all of it, whole numbers, times and all", () => {
    for (const [i, trace] of traces.entries()) {
      const body = otlp.begin + otlp.of(trace) + otlp.end;
      const { rejected, records } = decode("traces", Buffer.from(body), "json");
      expect([rejected, records.length]).toEqual([0, spans[i]?.length]);
    }
  });

  test("costs of requests and what is unknown of them add up to the session's", () => {
    for (const [i, { costUsd }] of traces.entries()) {
      const chats = (spans[i] ?? []).filter(span => value(span, "gen_ai.operation.name") === "chat");
      const sum = chats.reduce((sum, span) => sum + Number(value(span, "agent_trace.cost_usd") ?? 0), 0);
      expect(sum).toBeCloseTo(costUsd, 8);
    }
  });

  test("the same session has the same ids, whenever it is sent", () => {
    const again = traces.map(trace => spansOf(structuredClone(trace)));
    expect(again).toEqual(spans);
  });
});

test("a failed tool call is an error, with the exception it was", () => {
  const failed = step({
    status: "failed",
    failure: { type: "tool", code: "exit_code" },
    result: "no such file",
  });
  const span = spansOf(trace([prompt("do", [failed])])).find(({ name }) => name === "execute_tool Bash");
  expect(span?.status).toEqual({ code: 2, message: "tool: exit_code" });
  expect(span && value(span, "error.type")).toBe("exit_code");
  const [event] = span?.events ?? [];
  expect(event?.name).toBe("exception");
  expect(event && [value(event, "exception.type"), value(event, "exception.message")]).toEqual([
    "exit_code",
    "no such file",
  ]);
});

test("a call that was refused is told as an exception, but failed nothing", () => {
  const denied = step({ status: "denied", failure: { type: "user", code: "denied" } });
  const span = spansOf(trace([prompt("do", [denied])])).find(({ name }) => name === "execute_tool Bash");
  expect([span?.status, span?.events.length]).toEqual([{}, 1]);
});

test("a sub-agent's calls are below it, and it is below the call that started it", () => {
  const call = step({ name: "Agent" });
  const own = step({ agentId: "a1" });
  const subagents = [{ id: "a1", type: "Explore", parentStepId: call.id, toolCalls: 1, costUsd: 0 }];
  const spans = spansOf(trace([prompt("do", [call, own])], { subagents }));
  const named = (name: string) => spans.find(span => span.name === name);
  expect(named("execute_tool Bash")?.parentSpanId).toBe(named("invoke_agent Explore")?.spanId);
  expect(named("invoke_agent Explore")?.parentSpanId).toBe(named("execute_tool Agent")?.spanId);
});

test.each([
  ["2.1.329", "claude-code", "2.1.329"],
  ["cursor 1.2", "cursor", "1.2"],
  [null, "claude-code", undefined],
])("what %s ran is said to come from %s", (clientVersion, name, version) => {
  const { resource } = resourceSpans(trace([], { clientVersion }), []);
  const said = Object.fromEntries(resource.attributes.map(({ key, value }) => [key, value]));
  expect(said["service.name"]).toEqual({ stringValue: name });
  expect(said["service.version"]).toEqual(version && { stringValue: version });
});
