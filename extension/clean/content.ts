/** The parts of a transcript line that Agent Trace reads; everything else in it is left alone. */
export interface TranscriptLine {
  type?: string;
  sessionId?: string;
  uuid?: string;
  timestamp?: string;
  cwd?: string;
  agentId?: string;
  isSidechain?: boolean;
  isMeta?: boolean;
  isCompactSummary?: boolean;
  isVisibleInTranscriptOnly?: boolean;
  aiTitle?: string;
  customTitle?: string;
  message?: { content?: string | Block[] };
}

export interface Block {
  type?: string;
  text?: string;
  id?: string;
  name?: string;
  input?: Record<string, unknown>;
  tool_use_id?: string;
  is_error?: boolean;
}

/** The line, or undefined when it is not a JSON object. */
export function parseLine(text: string): TranscriptLine | undefined {
  try {
    const line: unknown = JSON.parse(text);
    return typeof line === "object" && line !== null ? line : undefined;
  } catch {
    return undefined;
  }
}

/** The content of a message as blocks, however it was written. */
export function blocksOf(line: TranscriptLine): Block[] {
  const content = line.message?.content;
  if (typeof content === "string") return [{ type: "text", text: content }];
  return Array.isArray(content) ? content : [];
}

// Lines of type user that Claude Code writes by itself open with one of these.
const MACHINE_MADE =
  /^\s*(<command-(name|message)>|<local-command-|<bash-(input|stdout|stderr)>|<task-notification>|\[Request interrupted by user|Caveat: The messages below)/;

/** What a person typed, or undefined for the many user lines that nobody typed. */
export function promptText(line: TranscriptLine): string | undefined {
  if (line.type !== "user" || line.isSidechain || line.isMeta || line.isCompactSummary) return undefined;
  if (line.isVisibleInTranscriptOnly) return undefined;
  const blocks = blocksOf(line);
  if (blocks.some(block => block.type === "tool_result")) return undefined;
  const text = blocks.flatMap(block => (block.type === "text" ? [block.text ?? ""] : [])).join("\n");
  return blocks.length === 0 || MACHINE_MADE.test(text) ? undefined : text;
}

/** The title that a line gives to its session, if it does. */
export function titleText(line: TranscriptLine): string | undefined {
  return line.customTitle ?? line.aiTitle ?? promptText(line);
}
