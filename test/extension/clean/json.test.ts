import { expect, test } from "vitest";
import { amount, id, object, objects, parseObject, text } from "../../../extension/clean/json.ts";

test.each(["", "{", "3", "null", "[]", '"text"'])("%j is not a line", text =>
  expect(parseObject(text)).toBeUndefined(),
);

test("an object is a line, whatever is in it", () => {
  expect(parseObject('{"type":1,"message":null}')).toEqual({ type: 1, message: null });
});

test.each<[string, unknown, unknown, unknown]>([
  ["a text", text, "", ""],
  ["a number as a text", text, 5, undefined],
  ["an id", id, "uuid-1", "uuid-1"],
  ["an empty id", id, "", undefined],
  ["an id as long as a book", id, "x".repeat(201), undefined],
  ["a list as an id", id, ["x"], undefined],
  ["an object", object, { a: 1 }, { a: 1 }],
  ["a list as an object", object, [1], {}],
  ["nothing as an object", object, null, {}],
  ["a list of objects", objects, [{}, null, 3, [], { a: 1 }], [{}, { a: 1 }]],
  ["an object as a list", objects, { 0: {} }, []],
  ["an amount", amount, 12.4, 12],
  ["an amount as a text", amount, "12", 0],
  ["less than nothing", amount, -5, 0],
  ["no number at all", amount, Number.NaN, 0],
  ["more than is real", amount, 1e300, 1e12],
])("%s", (_, read, value, expected) =>
  expect((read as (value: unknown) => unknown)(value)).toEqual(expected),
);
