import type { Alert } from "../alert.ts";
import { alertWords } from "../base/alert-words.ts";
import { baseName } from "../base/format.ts";

/** What leaves this machine of an alert: ids, amounts and names, nothing of what was said or done. */
export interface Message {
  /** The same however often it is tried, so that a receiver can tell. */
  id: string;
  type: "alert" | "test";
  timestamp: string;
  /** A sentence, by the name under which chats look for one. */
  text: string;
  data: Pick<Alert, "rule" | "kind" | "level" | "value" | "threshold" | "window" | "model"> & {
    project: string | null;
    session: { id: string; title: string } | null;
  };
}

/** `title` is what may be said of a session's title. */
export function messageOf(alert: Alert, title: string): Message {
  const { id, at, rule, kind, level, value, threshold, window, model } = alert;
  const session = alert.session && { id: alert.session.id, title };
  const project = alert.project && baseName(alert.project);
  return {
    id: `alert-${at}-${id}`,
    type: "alert",
    timestamp: new Date(at).toISOString(),
    text: alertWords({ ...alert, session }),
    data: { rule, kind, level, value, threshold, window, model, project, session },
  };
}

/** What is sent to see whether it arrives. */
export function testMessage(now: number): Message {
  const about = { project: null, session: null, model: null, window: "day" };
  return {
    id: `test-${now}`,
    type: "test",
    timestamp: new Date(now).toISOString(),
    text: "This is a test of Agent Trace: alerts arrive here.",
    data: { rule: "Test", kind: "cost", level: "over", value: 0, threshold: 0, ...about },
  };
}
