import { baseName, oneLine } from "../base/format.ts";
import type { Block } from "../clean/content.ts";

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

/** What a tool call was about, in one line. */
export function stepLabel(block: Block | undefined): string {
  const input = block?.input ?? {};
  for (const field of TELLING) {
    const value = input[field];
    if (typeof value !== "string" || value === "") continue;
    return field.endsWith("_path") ? baseName(value) : oneLine(value);
  }
  const first = Object.values(input).find(value => typeof value === "string" && value !== "");
  return typeof first === "string" ? oneLine(first) : "";
}
