import { expect, test } from "vitest";
import { NOTHING, parseLine, promptText, titleText } from "../../../extension/clean/content.ts";
import { resultLine, titleLine, toolLine, userLine } from "../../lines.ts";

const parse = (text: string) => parseLine(text) ?? NOTHING;

test.each([
  ["typed", userLine("Fix it."), "Fix it."],
  [
    "typed, as blocks",
    userLine("", { message: { content: [{ type: "text", text: "Fix it." }] } }),
    "Fix it.",
  ],
  ["typed in 1.0, without promptSource", userLine("Fix it.", { promptSource: undefined }), "Fix it."],
  ["a picture alone", userLine("", { message: { content: [{ type: "image" }] } }), ""],
  ["a sub-agent's task", userLine("Do it.", { isSidechain: true }), undefined],
  ["a meta line", userLine("Caveat", { isMeta: true }), undefined],
  ["a compaction's summary", userLine("So far", { isCompactSummary: true }), undefined],
  ["a tool result", resultLine("toolu_1"), undefined],
  ["a slash command", userLine("<command-name>/compact</command-name>"), undefined],
  ["its output", userLine("<local-command-stdout>Bye!</local-command-stdout>"), undefined],
  ["a shell escape", userLine("<bash-input>ls</bash-input>"), undefined],
  ["a background agent's report", userLine("<task-notification>done</task-notification>"), undefined],
  ["an interruption", userLine("[Request interrupted by user for tool use]"), undefined],
  ["an answer", toolLine("toolu_1", "Read", {}), undefined],
])("prompt: %s", (_, line, text) => expect(promptText(parse(line))).toBe(text));

test.each([
  ["Claude's", titleLine("Fix the total"), "Fix the total"],
  ["the user's", '{"type":"custom-title","customTitle":"Mine"}', "Mine"],
  ["a prompt", userLine("Fix it."), "Fix it."],
  ["none", resultLine("toolu_1"), undefined],
])("title: %s", (_, line, text) => expect(titleText(parse(line))).toBe(text));

test.each([
  ["texts", '{"type":1,"sessionId":{},"customTitle":5,"uuid":null}', NOTHING],
  ["a message", '{"message":"text"}', NOTHING],
  ["content", '{"message":{"content":7}}', NOTHING],
  [
    "blocks",
    '{"message":{"content":[null,3,{"type":7,"text":"t","input":[],"is_error":"yes"}]}}',
    { content: [{ text: "t" }] },
  ],
])("%s of another type count as not there", (_, line, expected) => expect(parseLine(line)).toEqual(expected));

test.each(["", "{", "3", "null", "[]", '"text"'])("%j is not a line", text =>
  expect(parseLine(text)).toBeUndefined(),
);
