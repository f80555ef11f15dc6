/** The fields that Agent Trace reads of a transcript line, with their types; the rest is left alone. */
const LINE = {
  type: "string",
  sessionId: "string",
  uuid: "string",
  timestamp: "string",
  cwd: "string",
  agentId: "string",
  isSidechain: "boolean",
  isMeta: "boolean",
  isCompactSummary: "boolean",
  isVisibleInTranscriptOnly: "boolean",
  aiTitle: "string",
  customTitle: "string",
} as const;

/** The same for a block of a message. */
const BLOCK = {
  type: "string",
  text: "string",
  id: "string",
  name: "string",
  input: "object",
  tool_use_id: "string",
  is_error: "boolean",
} as const;

interface Types {
  string: string;
  boolean: boolean;
  object: Record<string, unknown>;
}
type Shape = Record<string, keyof Types>;
type Typed<S extends Shape> = { [K in keyof S]?: Types[S[K]] };

export type Block = Typed<typeof BLOCK>;
export type TranscriptLine = Typed<typeof LINE> & { content: Block[] };

/** A line of which nothing is known. */
export const NOTHING: TranscriptLine = { content: [] };

/** The line, or undefined when it is not a JSON object. A field of another type counts as not there. */
export function parseLine(text: string): TranscriptLine | undefined {
  try {
    const line: unknown = JSON.parse(text);
    if (!isObject(line)) return undefined;
    return {
      ...typed(line, LINE),
      content: blocksOf(isObject(line.message) ? line.message.content : undefined),
    };
  } catch {
    return undefined;
  }
}

/** The content of a message as blocks, however it was written. */
function blocksOf(content: unknown): Block[] {
  if (typeof content === "string") return [{ type: "text", text: content }];
  return Array.isArray(content) ? content.filter(isObject).map(block => typed(block, BLOCK)) : [];
}

function typed<S extends Shape>(from: Record<string, unknown>, shape: S): Typed<S> {
  const fields = Object.entries(shape).filter(([name, type]) =>
    type === "object" ? isObject(from[name]) : typeof from[name] === type,
  );
  return Object.fromEntries(fields.map(([name]) => [name, from[name]])) as Typed<S>;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// Lines of type user that Claude Code writes by itself open with one of these.
const MACHINE_MADE =
  /^\s*(<command-(name|message)>|<local-command-|<bash-(input|stdout|stderr)>|<task-notification>|\[Request interrupted by user|Caveat: The messages below)/;

/** What a person typed, or undefined for the many user lines that nobody typed. */
export function promptText(line: TranscriptLine): string | undefined {
  if (line.type !== "user" || line.isSidechain || line.isMeta || line.isCompactSummary) return undefined;
  if (line.isVisibleInTranscriptOnly) return undefined;
  const blocks = line.content;
  if (blocks.some(block => block.type === "tool_result")) return undefined;
  const text = blocks.flatMap(block => (block.type === "text" ? [block.text ?? ""] : [])).join("\n");
  return blocks.length === 0 || MACHINE_MADE.test(text) ? undefined : text;
}

/** The title that a line gives to its session, if it does. */
export function titleText(line: TranscriptLine): string | undefined {
  return line.customTitle ?? line.aiTitle ?? promptText(line);
}
