import { isObject, type Json, object, objects, text } from "./json.ts";

/** The blocks of a line's message, however they were written. */
export function blocksOf(line: Json): Json[] {
  const content = line.type === "attachment" ? object(line.attachment).prompt : object(line.message).content;
  return typeof content === "string" ? [{ type: "text", text: content }] : objects(content);
}

/** The texts in some blocks, one below the other; where an image stands it says so. */
export function textIn(blocks: Json[]): string {
  const said = ({ type, text: words }: Json) =>
    type === "text" ? [text(words) ?? ""] : type === "image" ? ["[image]"] : [];
  return blocks.flatMap(said).join("\n");
}

/** What a line of type user is: most of them nobody typed. */
export type UserLine =
  | { kind: "prompt"; text: string }
  | { kind: "command"; name: string; text: string }
  | { kind: "interruption" }
  | { kind: "notification"; text: string }
  | { kind: "none" };

const NONE: UserLine = { kind: "none" };
const INTERRUPTED = /^\s*\[Request interrupted by user/;
const NOTIFICATION = /^\s*<task-notification>/;
// A command of the user's own opens with its message and goes to the model; one of the client's with its name.
const OWN_COMMAND = /^\s*<command-message>/;
const CLIENT_COMMAND = /^\s*<(command-name|bash-input)>/;
const MACHINE_MADE = /^\s*(<local-command-|<bash-(stdout|stderr)>|Caveat: The messages below)/;

/** Tells what a person asked from the many user lines that the client writes. */
export function userLine(line: Json, blocks = blocksOf(line)): UserLine {
  const { attachment } = line;
  // What is typed while the agent works comes as an attachment, and so does what became of a background task.
  const queued = line.type === "attachment" && isObject(attachment) && attachment.type === "queued_command";
  if ((line.type !== "user" && !queued) || line.isMeta === true) return NONE;
  if (line.isCompactSummary === true || line.isVisibleInTranscriptOnly === true) return NONE;
  if (blocks.length === 0 || blocks.some(block => block.type === "tool_result")) return NONE;
  const said = textIn(blocks);
  if (NOTIFICATION.test(said)) return { kind: "notification", text: said };
  if (line.isSidechain === true) return NONE;
  if (INTERRUPTED.test(said)) return { kind: "interruption" };
  if (CLIENT_COMMAND.test(said)) return { kind: "command", ...commandIn(said) };
  if (queued && attachment.commandMode !== "prompt") return NONE;
  const { origin } = queued ? attachment : line;
  if (MACHINE_MADE.test(said) || (isObject(origin) && origin.kind !== "human")) return NONE;
  return { kind: "prompt", text: OWN_COMMAND.test(said) ? commandIn(said).text : said };
}

/** A slash command as it was typed, out of the tags that the client wraps it in. */
function commandIn(said: string): { name: string; text: string } {
  const bash = tag(said, "bash-input");
  if (bash !== undefined) return { name: "!", text: `! ${bash}` };
  const name = `/${(tag(said, "command-name") ?? "").replace(/^\//, "")}`;
  return { name, text: `${name} ${tag(said, "command-args") ?? ""}`.trim() };
}

/** What stands between a tag and its end. */
export function tag(said: string, name: string): string | undefined {
  const from = said.indexOf(`<${name}>`);
  const to = said.indexOf(`</${name}>`, from);
  return from < 0 || to < 0 ? undefined : said.slice(from + name.length + 2, to).trim();
}

/** What a person typed, or undefined for all other lines. */
export function promptText(line: Json): string | undefined {
  const what = userLine(line);
  return what.kind === "prompt" ? what.text : undefined;
}

/** The title that a line gives to its session, if it does. */
export function titleText(line: Json): string | undefined {
  return text(line.customTitle) ?? text(line.aiTitle) ?? promptText(line);
}
