/** Transcript lines as Claude Code writes them, with only the fields that matter to a test. */
export const SESSION = "00000000-0000-4000-8000-000000000001";
let clock = 0;
startTheClock();

/** Each file of tests begins at the same time of the same day, whatever ran before it in its worker. */
export function startTheClock(): void {
  clock = Date.parse("2026-11-20T10:00:00.000Z");
}

/** A line of any type; each comes a second after the one before. */
export function line(fields: object): string {
  clock += 1000;
  const timestamp = new Date(clock).toISOString();
  return `${JSON.stringify({ sessionId: SESSION, timestamp, cwd: "/home/sam/dev/shop", uuid: `uuid-${clock}`, ...fields })}\n`;
}

/** What a person typed. */
export function userLine(text: string, more: object = {}): string {
  return line({ type: "user", message: { role: "user", content: text }, promptSource: "typed", ...more });
}

/** A response of the model, or the part of it that one line has. */
export function assistantLine(message: object, more: object = {}): string {
  return line({ type: "assistant", message: { id: `msg-${clock}`, ...message }, ...more });
}

/** What the model said. */
export function answerLine(text: string, more: object = {}): string {
  return assistantLine({ content: [{ type: "text", text }] }, more);
}

/** A tool call. */
export function toolLine(id: string, name: string, input: object, more: object = {}): string {
  return assistantLine({ id: `msg-${id}`, content: [{ type: "tool_use", id, name, input }] }, more);
}

/** How a tool call ended. */
export function resultLine(id: string, isError = false, more: object = {}, said = "…"): string {
  const content = [{ type: "tool_result", tool_use_id: id, content: said, is_error: isError }];
  return line({ type: "user", message: { role: "user", content }, ...more });
}

/** The title that Claude gives. */
export function titleLine(aiTitle: string): string {
  return `${JSON.stringify({ type: "ai-title", sessionId: SESSION, aiTitle })}\n`;
}

/** A small session of one prompt and two calls, the second of which failed. */
export function smallSession(title = "Fix the total"): string {
  return (
    titleLine(title) +
    userLine("The total is wrong. Fix it.") +
    toolLine("toolu_1", "Read", { file_path: "/home/sam/dev/shop/total.ts" }) +
    resultLine("toolu_1") +
    toolLine("toolu_2", "Bash", { command: "npm test" }) +
    resultLine("toolu_2", true)
  );
}
