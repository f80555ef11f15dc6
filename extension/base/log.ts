import { type LogOutputChannel, window } from "vscode";

/** The log that "Agent Trace: Show Log" opens. No secrets and no transcript text go in. */
export function openLog(): LogOutputChannel {
  return window.createOutputChannel("Agent Trace", { log: true });
}
