import { expect, test } from "vitest";
import { near } from "../../../extension/terminal/near.ts";

const NAMES = ["list", "replay", "inspect", "diff", "cost"];

test.each([
  ["lits", ["list"]],
  ["replya", ["replay"]],
  ["dif", ["diff"]],
  ["kost", ["cost"]],
  ["quite-another", []],
])("by %s is meant %j", (given, expected) => expect(near(given, NAMES)).toEqual(expected));
