import { expect, test } from "vitest";
import { programName, programOf } from "../../../extension/base/program.ts";

test.each([
  ["2.1.329", "Claude Code 2.1.329", true],
  ["cursor 1.2", "cursor 1.2", false],
  ["Visual Studio Code 1.140.0", "Visual Studio Code 1.140.0", false],
  ["inspector ?", "inspector ?", false],
])("%s is %s", (client, name, isClaude) => {
  expect([programName(client), programOf(client).isClaude]).toEqual([name, isClaude]);
});
