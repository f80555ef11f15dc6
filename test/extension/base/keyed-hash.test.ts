import { expect, test } from "vitest";
import { keyedHash } from "../../../extension/base/keyed-hash.ts";

const hash = keyedHash("key");

test("the same text has the same hash, with the same key, and only then", () => {
  expect(hash("/shop/cart.ts")).toBe(hash("/shop/cart.ts"));
  expect(hash("/shop/cart.ts")).toBe(keyedHash("key")("/shop/cart.ts"));
  expect(hash("/shop/cart.ts")).not.toBe(hash("/shop/total.ts"));
  expect(hash("/shop/cart.ts")).not.toBe(keyedHash("another key")("/shop/cart.ts"));
});

test("it does not tell the text, nor how long it is", () => {
  expect(["", "/a", "/home/sam/dev/shop/".repeat(50)].map(text => hash(text))).toEqual(
    Array(3).fill(expect.stringMatching(/^[\w-]{22}$/)),
  );
});

test("it stays the same however many are asked for in between", () => {
  const first = hash("/first");
  for (let i = 0; i < 10_100; i++) hash(`/file-${i}`);
  expect(hash("/first")).toBe(first);
});
