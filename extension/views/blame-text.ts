import { MarkdownString } from "vscode";
import { ago, brief, moment, money, oneLine } from "../base/format.ts";
import { otherAuthor } from "../base/other-author.ts";
import { commands } from "../manifest.ts";
import type { BlamedStep, OtherSpan } from "../questions.ts";
import type { Target } from "./target.ts";

/** `Claude · fix it and add a test · $0.04 · 2 h ago`. */
export function inShort(step: BlamedStep, now: number): string {
  const asked = oneLine(step.prompt || step.title, 50);
  return ["Claude", asked, step.costUsd > 0 ? money(step.costUsd) : "", ago(step.at, now)]
    .filter(Boolean)
    .join(" · ");
}

const LINKS = [
  [commands.openReplay, "Open replay here"],
  [commands.openStepDiff, "Diff of this step"],
  [commands.openFileAtStep, "File as of here"],
  [commands.undo, "Undo…"],
] as const;

/** The prompt, what it cost, and where to go from here. Texts of a transcript are appended as text. */
export function inFull(step: BlamedStep, path: string, now: number): MarkdownString {
  const text = new MarkdownString("**");
  text.isTrusted = { enabledCommands: LINKS.map(([command]) => command) };
  text.appendText(oneLine(step.prompt || step.title, 200)).appendMarkdown("**\n\n");
  const told = [step.title, moment(step.at, now), step.model ?? "", step.agentId ? "by a sub-agent" : ""];
  text.appendText(told.filter(Boolean).join(" · ")).appendMarkdown("\n\n---\n\n");
  if (step.costUsd > 0) text.appendMarkdown(`This step **${money(step.costUsd)}**\n\n---\n\n`);
  const target: Target = { session: step.sessionId, step: step.stepId, path };
  const query = encodeURIComponent(JSON.stringify([target]));
  return text.appendMarkdown(
    LINKS.map(([command, label]) => `[${label}](command:${command}?${query})`).join(" · "),
  );
}

/** `Cursor · gpt-5 · 2 d ago`. */
export function otherInShort(other: OtherSpan, now: number): string {
  return brief(otherAuthor(other), other.by.at !== null && ago(other.by.at, now));
}

/** Who it was as another program noted it down, and where their conversation can be read. */
export function otherInFull({ by, ...other }: OtherSpan, now: number): MarkdownString {
  const text = new MarkdownString("**").appendText(otherAuthor({ by, sure: true })).appendMarkdown("**\n\n");
  const source = other.sure
    ? "As it was noted down with the commit."
    : "The record does not tell for certain which lines it means.";
  text.appendText(brief(by.at !== null && moment(by.at, now), source));
  if (by.url === null) return text;
  // What could end the link is written in another way; only addresses of the web get here.
  const address = by.url.replace(/[()<>\\]/g, sign => `%${sign.charCodeAt(0).toString(16)}`);
  return text.appendMarkdown(`\n\n---\n\n[Open its conversation](${address})`);
}
