import { partOf } from "./assistant.ts";
import { id, type Json, object, objects, text } from "./json.ts";
import { blocksOf, textIn, userLine } from "./prompts.ts";

/** Something that was said or done in a line, and where a person would look for it. */
export interface Saying {
  /** By whom: a prompt, a step, or the session itself, whose title it is. */
  of: "prompt" | "step" | "session";
  id: string;
  words: string;
}

/** All that a person could have read of a line while Claude Code ran. */
export function sayings(line: Json): Saying[] {
  const title = text(line.customTitle) ?? text(line.aiTitle);
  if (title !== undefined) return [{ of: "session", id: "", words: title }];
  if (line.type === "user" || line.type === "attachment") return typed(line);
  return line.type === "assistant" ? answered(line) : [];
}

function typed(line: Json): Saying[] {
  const blocks = blocksOf(line);
  const uuid = id(line.uuid);
  const what = userLine(line, blocks);
  if (uuid !== undefined && what.kind === "prompt") return [{ of: "prompt", id: uuid, words: what.text }];
  if (uuid !== undefined && what.kind === "command") return [{ of: "step", id: uuid, words: what.text }];
  return blocks.flatMap(({ tool_use_id, content }) => {
    const call = id(tool_use_id);
    const words = typeof content === "string" ? content : textIn(objects(content));
    return call === undefined ? [] : [{ of: "step", id: call, words }];
  });
}

function answered(line: Json): Saying[] {
  const blocks = blocksOf(line);
  return blocks.flatMap((block, i) => {
    const step = id(block.id) ?? partOf(line, i, blocks.length);
    const words = text(block.text) ?? text(block.thinking) ?? textsIn(object(block.input)).join("\n");
    return step === undefined ? [] : [{ of: "step", id: step, words }];
  });
}

/** The texts in what a tool was given, however deep they lie. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
