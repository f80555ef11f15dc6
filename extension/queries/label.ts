import { type Json, object } from "../clean/json.ts";
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
