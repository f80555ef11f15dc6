import {
  type Command,
  MarkdownString,
  TreeItemCollapsibleState as Open,
  ThemeColor,
  ThemeIcon,
  TreeItem,
} from "vscode";
import { brief, count, harmless, money } from "../base/format.ts";
import { troubleOf } from "../base/steps.ts";
import { commands } from "../manifest.ts";
import type { Prompt, SessionRow } from "../protocol.ts";
import type { Group } from "./groups.ts";
import type { Nested } from "./nesting.ts";
import type { Notice } from "./notices.ts";
import { LOOKS, spokenOf, storyOf, sumOf } from "./session-row.ts";
import { promptLabel, promptSum, stepIcon, stepLabel, stepSum } from "./step-row.ts";

/** A row of the Sessions view. */
export type Node =
  | { kind: "notice"; notice: Notice }
  | { kind: "group"; group: Group }
  | { kind: "session"; session: SessionRow }
  | { kind: "prompt"; prompt: Prompt; below: Nested[]; session: SessionRow }
  | { kind: "step"; nested: Nested; session: SessionRow }
  | { kind: "more" };

/** How a row looks. Ids keep rows open and selected when the view asks again. */
export function itemOf(node: Node): TreeItem {
  switch (node.kind) {
    case "notice":
      return noticeItem(node.notice);
    case "group":
      return groupItem(node.group);
    case "session":
      return sessionItem(node);
    case "prompt":
      return promptItem(node);
    case "step":
      return stepItem(node);
    case "more":
      return moreItem();
  }
}

/** What a row tells under the mouse, made when somebody wants to know: it says for how long something has been so. */
export function withTooltip(item: TreeItem, node: Node): TreeItem {
  if (node.kind === "session") item.tooltip = storyTooltip(node.session);
  return item;
}

function noticeItem(notice: Notice): TreeItem {
  const item = new TreeItem(notice.label);
  item.description = notice.why;
  item.tooltip = [notice.label, notice.why, `${notice.action}: click, or press Enter.`]
    .filter(Boolean)
    .join("\n\n");
  item.iconPath = icon("warning", "list.warningForeground");
  item.command = { command: notice.command, title: notice.action };
  item.contextValue = "notice";
  return item;
}

function groupItem({ id, label, sessions }: Group): TreeItem {
  const item = new TreeItem(harmless(label), Open.Expanded);
  const cost = sessions.reduce((sum, { costUsd }) => sum + costUsd, 0);
  item.id = id;
  item.description = brief(cost > 0 && money(cost));
  item.tooltip = brief(label, count(sessions.length, "session"), money(cost));
  item.contextValue = "group";
  return item;
}

function sessionItem(node: Node & { kind: "session" }): TreeItem {
  const { session } = node;
  const look = LOOKS[session.status];
  const item = new TreeItem(harmless(session.title), Open.Collapsed);
  item.id = session.id;
  item.description = harmless(sumOf(session));
  item.iconPath = icon(look.icon, look.color);
  item.accessibilityInformation = { label: spokenOf(session, Date.now()) };
  item.contextValue = "session";
  item.command = opening(node);
  return item;
}

/** Text of a transcript is appended as text, so that nothing in it can act as Markdown. */
export function storyTooltip(session: SessionRow): MarkdownString {
  const text = new MarkdownString("**").appendText(harmless(session.title)).appendMarkdown("**\n\n");
  for (const [name, words] of storyOf(session, Date.now()))
    text.appendMarkdown(`_${name}_\u2002`).appendText(harmless(words)).appendMarkdown("  \n");
  // The editor keeps the words of a text on one line.
  text.value = text.value.replaceAll("&nbsp;", " ");
  return text;
}

function promptItem(node: Node & { kind: "prompt" }): TreeItem {
  const { prompt, below, session } = node;
  const item = new TreeItem(harmless(promptLabel(prompt)), below.length > 0 ? Open.Collapsed : Open.None);
  item.id = `${session.id}/${prompt.id}`;
  item.description = promptSum(prompt);
  item.tooltip = [prompt.text.slice(0, LONG), promptSum(prompt)].filter(Boolean).join("\n\n");
  item.accessibilityInformation = { label: spoken(promptLabel(prompt), promptSum(prompt)) };
  item.contextValue = "prompt";
  return item;
}

function stepItem(node: Node & { kind: "step" }): TreeItem {
  const { nested, session } = node;
  const { step, agent, below } = nested;
  const [label, sum] = [stepLabel(step), stepSum(step, agent)];
  const item = new TreeItem(harmless(label), below.length > 0 ? Open.Collapsed : Open.None);
  item.id = `${session.id}/${step.id}`;
  item.description = harmless(sum);
  item.tooltip = [(step.target ?? label).slice(0, LONG), sum].filter(Boolean).join("\n\n");
  item.iconPath = icon(stepIcon(step), troubleOf(step) && "list.errorForeground");
  const atWork = step.status === "running" && "at work";
  item.accessibilityInformation = { label: spoken(label, brief(atWork, sum)) };
  const isEdit = step.added + step.removed > 0;
  item.contextValue = isEdit ? "stepEdit" : "step";
  item.command = isEdit
    ? { command: commands.openStepDiff, title: "Open Diff", arguments: [node] }
    : opening(node);
  return item;
}

function moreItem(): TreeItem {
  const item = new TreeItem("Load More Sessions");
  item.id = "more";
  item.iconPath = icon("ellipsis");
  item.command = { command: commands.loadMore, title: "Load More Sessions" };
  item.contextValue = "more";
  return item;
}

/** A tooltip is no place to read a whole log in. */
const LONG = 2000;

function spoken(label: string, sum: string): string {
  return [label, ...sum.split(" · ")].filter(Boolean).join(", ");
}

function opening(node: Node): Command {
  return { command: commands.openReplay, title: "Open Replay", arguments: [node] };
}

function icon(name: string, color?: string): ThemeIcon {
  return new ThemeIcon(name, color === undefined ? undefined : new ThemeColor(color));
}
