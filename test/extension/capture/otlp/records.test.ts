import { expect, test } from "vitest";
import { attribute, type Json, origin, read, SPAN, span, TIME, TRACE } from "./requests.ts";

test.each<[string, Json, unknown]>([
  ["a text", { stringValue: "é\0😀\ufeff" }, "é\0😀\ufeff"],
  [
    "one that begins with a byte order mark",
    { stringValue: "\ufefftwelve and more" },
    "\ufefftwelve and more",
  ],
  ["an empty text", { stringValue: "" }, ""],
  ["no", { boolValue: false }, false],
  ["a whole number, as Claude Code writes it", { intValue: 12 }, 12],
  ["a whole number, as OTLP writes it", { intValue: "-12" }, -12],
  ["the largest that is exact", { intValue: "9007199254740991" }, 9007199254740991],
  ["one that is not", { intValue: "9007199254740993" }, "9007199254740993"],
  ["the least", { intValue: "-9223372036854775808" }, "-9223372036854775808"],
  ["a fraction", { doubleValue: -1.5e-7 }, -1.5e-7],
  ["a large one", { doubleValue: 1e300 }, 1e300],
  ["not a number", { doubleValue: "NaN" }, "NaN"],
  ["infinitely little", { doubleValue: "-Infinity" }, "-Infinity"],
  ["bytes", { bytesValue: "AP+A" }, "AP+A"],
  ["a list", { arrayValue: { values: [{ intValue: 1 }, {}, { stringValue: "b" }] } }, [1, null, "b"]],
  ["an empty list", { arrayValue: {} }, []],
  ["an object", { kvlistValue: { values: [{ key: "a", value: { boolValue: true } }] } }, { a: true }],
  ["nothing", {}, null],
])("a value is %s", (_, value, expected) => {
  const { records } = read("logs", [{ timeUnixNano: TIME, attributes: [{ key: "it", value }] }]);
  expect(records[0]?.attributes).toEqual({ it: expected });
  expect(JSON.parse(JSON.stringify(records))[0].attributes).toEqual({ it: expected });
});

test("an attribute with a name of JavaScript's own is one like any other", () => {
  const { records } = read("logs", [{ timeUnixNano: TIME, attributes: [attribute("__proto__", "a")] }]);
  expect(Object.entries(records[0]?.attributes ?? {})).toEqual([["__proto__", "a"]]);
});

const body = { stringValue: "b" };

test.each<[string, Json, Json]>([
  [
    "its name is an attribute",
    { attributes: [attribute("event.name", "a")], eventName: "c", body },
    {
      ...{ name: "a", attributes: { "event.name": "a" } },
    },
  ],
  ["or a field", { eventName: "c", body }, { name: "c" }],
  ["or its text", { body }, { name: "b" }],
  ["or it has none", { body: { intValue: 5 } }, { name: "" }],
  ["its time is cut to milliseconds", {}, { at: 1795227145124 }],
  ["or when it was seen", { timeUnixNano: 0, observedTimeUnixNano: "2000000" }, { at: 2 }],
  [
    "ids are in small letters",
    { traceId: TRACE.toUpperCase(), spanId: SPAN },
    { traceId: TRACE, spanId: SPAN },
  ],
  ["ids of another length are none", { traceId: SPAN, spanId: TRACE }, {}],
  ["ids of zeros are none", { traceId: "0".repeat(32) }, {}],
  [
    "the last of two attributes counts",
    { attributes: [attribute("a", "1"), attribute("a", "2")] },
    {
      attributes: { a: "2" },
    },
  ],
])("of a log, %s", (_, log, expected) => {
  expect(read("logs", [{ timeUnixNano: TIME, ...log }]).records).toEqual([
    { ...origin, at: 1795227145124, name: "", attributes: {}, ...expected },
  ]);
});

test("a span is read with its events and its end", () => {
  const events = [{ timeUnixNano: "3000000", name: "attempt", attributes: [attribute("n", "1")] }];
  const status = { code: 2, message: "overloaded" };
  const parent = "f".repeat(16);
  expect(read("traces", [{ ...span, parentSpanId: parent, name: "tool", events, status }]).records).toEqual([
    {
      ...{ ...origin, traceId: TRACE, spanId: SPAN, parent, name: "tool", start: 1, end: 5, attributes: {} },
      ...{
        events: [{ name: "attempt", at: 3, attributes: { n: "1" } }],
        status: "error",
        message: "overloaded",
      },
    },
  ]);
});

test.each<[string, string, Json, Json, Json]>([
  ["what is new", "sum", { aggregationTemporality: 1 }, { asInt: "7" }, { kind: "delta", value: 7 }],
  ["all so far", "sum", { aggregationTemporality: 2 }, { asDouble: 0.5 }, { kind: "cumulative", value: 0.5 }],
  ["how it stands", "gauge", {}, { asInt: "-3" }, { kind: "gauge", value: -3 }],
])("a point is %s", (_, shape, more, value, expected) => {
  const dataPoints = [{ timeUnixNano: TIME, attributes: [attribute("a", "b")], ...value }];
  expect(read("metrics", [{ name: "m", unit: "s", [shape]: { ...more, dataPoints } }]).records).toEqual([
    { ...origin, name: "m", unit: "s", at: 1795227145124, attributes: { a: "b" }, ...expected },
  ]);
});
