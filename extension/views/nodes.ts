import { MarkdownString, TreeItemCollapsibleState as Open, ThemeColor, ThemeIcon, TreeItem } from "vscode";
import { baseName, clock, count, duration, oneLine, work } from "../base/format.ts";
import { labelOf, toolCalls, troubleOf } from "../base/steps.ts";
import { toolIcon } from "../base/tool-icon.ts";
import { commands } from "../manifest.ts";
import type { Prompt, SessionRow, Step } from "../protocol.ts";
import type { Notice } from "./notices.ts";

/** A row of the Sessions view. */
export type Node =
  | { kind: "notice"; notice: Notice }
  | { kind: "day"; label: string; sessions: SessionRow[] }
  | { kind: "session"; session: SessionRow }
  | { kind: "prompt"; prompt: Prompt; session: SessionRow }
  | { kind: "step"; step: Step; session: SessionRow };

/** How a row looks. Ids keep rows open and selected when the view asks again. */
export function itemOf(node: Node): TreeItem {
  switch (node.kind) {
    case "notice":
      return noticeItem(node.notice);
    case "day":
      return Object.assign(new TreeItem(node.label, Open.Expanded), {
        id: `day:${node.label}`,
        contextValue: "day",
      });
    case "session":
      return sessionItem(node.session);
    case "prompt":
      return promptItem(node.prompt, node.session);
    case "step":
      return stepItem(node.step, node.session);
  }
}

function noticeItem(notice: Notice): TreeItem {
  const item = new TreeItem(notice.label);
  item.description = notice.why;
  item.tooltip = [notice.label, notice.why, `${notice.action}: click, or press Enter.`]
    .filter(Boolean)
    .join("\n\n");
  item.iconPath = new ThemeIcon("warning", new ThemeColor("list.warningForeground"));
  item.command = { command: notice.command, title: notice.action };
  item.contextValue = "notice";
  return item;
}

function sessionItem(session: SessionRow): TreeItem {
  const item = new TreeItem(session.title, Open.Collapsed);
  item.id = session.id;
  const project = baseName(session.project);
  item.description = [clock(session.endedAt), project, count(session.toolCalls, "step")]
    .filter(Boolean)
    .join(" · ");
  item.tooltip = sessionTooltip(session);
  item.iconPath = new ThemeIcon("comment-discussion");
  item.contextValue = "session";
  item.command = {
    command: commands.openReplay,
    title: "Open Replay",
    arguments: [{ kind: "session", session }],
  };
  return item;
}

/** Text of a transcript is appended as text, so that nothing in it can act as Markdown. */
function sessionTooltip(session: SessionRow): MarkdownString {
  const text = new MarkdownString("**").appendText(session.title).appendMarkdown("**\n\n");
  text
    .appendText(`${work(session)}${session.errors ? `, ${session.errors} failed` : ""}`)
    .appendMarkdown("\n\n");
  const span = duration(session.endedAt - session.startedAt);
  text.appendText(`${new Date(session.startedAt).toLocaleString()}, over ${span}`).appendMarkdown("\n\n");
  return text.appendText(session.project);
}

function promptItem(prompt: Prompt, session: SessionRow): TreeItem {
  const item = new TreeItem(
    oneLine(prompt.text, 80),
    toolCalls(prompt).length > 0 ? Open.Collapsed : Open.None,
  );
  item.id = `${session.id}/${prompt.id}`;
  item.description = count(toolCalls(prompt).length, "step");
  item.tooltip = prompt.text;
  item.contextValue = "prompt";
  return item;
}

function stepItem(step: Step, session: SessionRow): TreeItem {
  const [label, name, trouble] = [labelOf(step), step.name ?? "", troubleOf(step)];
  const item = new TreeItem(label || name);
  item.id = `${session.id}/${step.id}`;
  item.description = [label && name, trouble, step.agentId && "sub-agent"].filter(Boolean).join(" · ");
  item.tooltip = `${name} ${label}`.trim();
  item.iconPath = new ThemeIcon(toolIcon(name), trouble ? new ThemeColor("errorForeground") : undefined);
  item.contextValue = "step";
  if (step.added + step.removed > 0)
    item.command = {
      command: commands.openStepDiff,
      title: "Open Diff",
      arguments: [{ kind: "step", step, session }],
    };
  return item;
}
