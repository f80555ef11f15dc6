import { partOf } from "../clean/assistant.ts";
import { type Json, object, text } from "../clean/json.ts";
import { blocksOf } from "../clean/prompts.ts";
import { readable } from "../clean/skim.ts";

// Which field of a tool's input says best what the call was about, most telling first.
const TELLING = [
  "command",
  "file_path",
  "notebook_path",
  "pattern",
  "description",
  "query",
  "url",
  "skill",
  "subject",
  "path",
];

/** What a tool call was about: one of its input's texts. */
export function targetOf(block: Json | undefined): string | null {
  const input = object(block?.input);
  const said = (value: unknown) => typeof value === "string" && value !== "";
  const telling = TELLING.map(field => input[field]).find(said) ?? Object.values(input).find(said);
  return typeof telling === "string" ? readable(telling) : null;
}

/** What was said in a step that called no tool: by the model, or by the client of an error. */
export function saidIn(line: Json, step: string): string | undefined {
  const blocks = blocksOf(line);
  const block = blocks.find((_, i) => partOf(line, i, blocks.length) === step);
  const said = block && (text(block.text) || text(block.thinking));
  return said || text(object(line.error).formatted) || text(line.content);
}
