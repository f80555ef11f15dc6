import { expect, test } from "vitest";
import { modelFailure, toolFailure } from "../../../extension/clean/failures.ts";

test.each([
  ["Exit code 1\nnpm error", "Bash", "failed", "tool", "exit_code"],
  ["Command timed out after 2m 0.0s", "Bash", "failed", "tool", "timeout"],
  ["File does not exist.", "Read", "failed", "retrieval", "not_found"],
  ["No such file or directory", "Grep", "failed", "retrieval", "not_found"],
  [
    "<tool_use_error>String to replace not found in file.</tool_use_error>",
    "Edit",
    "failed",
    "tool",
    "not_found",
  ],
  ["File has not been read yet. Read it first before writing to it.", "Write", "failed", "tool", "stale"],
  ["File has been modified since read", "Edit", "failed", "tool", "stale"],
  ["File content (30000 tokens) exceeds maximum allowed tokens", "Read", "failed", "retrieval", "too_large"],
  ["<tool_use_error>InputValidationError: Read failed", "Read", "failed", "retrieval", "schema_invalid"],
  ["Error: No such tool available: Foo", "Foo", "failed", "orchestration", "unknown_tool"],
  ["The agent failed", "Agent", "failed", "orchestration", "error"],
  ["anything else", "Bash", "failed", "tool", "error"],
  ["", "", "failed", "tool", "error"],
  ["The user doesn't want to proceed with this tool use.", "Bash", "denied", "permission", "denied"],
  ["Claude requested permissions to write to /a.ts, but", "Write", "denied", "permission", "denied"],
  ["Permission to use Bash with command rm has been denied.", "Bash", "denied", "permission", "denied"],
  ["[Request interrupted by user for tool use]", "Bash", "interrupted", "user", "interrupted"],
  ["[Tool call interrupted]", "Bash", "interrupted", "user", "interrupted"],
  ["Cancelled: parallel tool call Bash(false) errored", "Read", "interrupted", "user", "cancelled"],
  // A program may print any of the words above; that it ended badly is said first.
  ["Exit code 2\ncat: no such file, it timed out", "Bash", "failed", "tool", "timeout"],
])("%j of %s: %s, %s, %s", (said, tool, status, type, code) => {
  expect(toolFailure({}, said, tool)).toEqual({ status, type, code });
});

test.each([
  ["user-rejected", "denied", "permission", "denied"],
  ["permission-rule", "denied", "permission", "denied"],
  ["interrupted", "interrupted", "user", "interrupted"],
])("where the client says how, that counts: %s", (toolDenialKind, status, type, code) => {
  expect(toolFailure({ toolDenialKind }, "Exit code 1", "Bash")).toEqual({ status, type, code });
});

test.each([
  [400, "invalid_request"],
  [401, "unauthorized"],
  [403, "unauthorized"],
  [404, "not_found"],
  [413, "too_large"],
  [429, "rate_limited"],
  [500, "server_error"],
  [503, "server_error"],
  [529, "overloaded"],
  [418, "error"],
  [undefined, "network"],
  ["529", "network"],
])("a request that is answered with %s: %s", (status, code) => {
  expect(modelFailure(status)).toEqual({ status: "failed", type: "model", code });
});

// Clients up to 2.1.80 have no field for it.
test.each([
  ['API Error: 400 {"type":"error","error":{"type":"invalid_request_error"}}', "invalid_request"],
  ["API Error: 529 Overloaded", "overloaded"],
  ["API Error: Connection error.", "network"],
  ["It took 400 seconds", "network"],
])("a request whose failure is told in words only, %j: %s", (said, code) => {
  expect(modelFailure(undefined, said)).toMatchObject({ code });
});
