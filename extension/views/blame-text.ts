import { MarkdownString } from "vscode";
import { ago, moment, money, oneLine } from "../base/format.ts";
import { commands } from "../manifest.ts";
import type { BlamedStep } from "../questions.ts";
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
