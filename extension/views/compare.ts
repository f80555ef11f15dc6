import { type QuickPickItem, QuickPickItemKind, window } from "vscode";
import { ExpectedError } from "../base/expected-error.ts";
import { harmless } from "../base/format.ts";
import type { Owner } from "../base/owner.ts";
import type { Part } from "../pages.ts";
import type { Session } from "../protocol.ts";
import type { ComparePanels } from "./compare-panels.ts";
import type { Node } from "./nodes.ts";
import { pickSession } from "./pick-session.ts";
import { promptLabel, promptSum } from "./step-row.ts";
import type { Target } from "./target.ts";

/** Shows a session or a prompt beside another that the user picks. */
export async function compare(owner: Owner, panels: ComparePanels, given: Target): Promise<void> {
  const { session, prompt } = given;
  const first: Part = { session, ...(prompt && { prompt }) };
  const second = prompt ? await pickPrompt(owner, { session, prompt }) : await pickOther(owner, session);
  if (second) panels.open([first, second]);
}

/** Shows two rows of the tree beside each other, the earlier one at the left. */
export function compareSelected(panels: ComparePanels, rows: Node[]): void {
  const parts = rows.flatMap(row =>
    row.kind === "session"
      ? [{ at: row.session.startedAt, part: { session: row.session.id } }]
      : row.kind === "prompt"
        ? [{ at: row.prompt.startedAt, part: { session: row.session.id, prompt: row.prompt.id } }]
        : [],
  );
  const [first, second, ...more] = parts.sort((a, b) => a.at - b.at).map(({ part }): Part => part);
  if (!first || !second || more.length > 0 || "prompt" in first !== "prompt" in second)
    throw new ExpectedError("Select two sessions, or two prompts, in the Sessions view to compare them.");
  panels.open([first, second]);
}

async function pickOther(owner: Owner, than: string): Promise<Part | undefined> {
  const session = await pickSession(owner, "Compare with which session?", than);
  return session && { session: session.id };
}

type Item = QuickPickItem & { part?: Part };

const ELSEWHERE: Item[] = [
  { label: "", kind: QuickPickItemKind.Separator },
  { label: "$(list-tree) A Prompt of Another Session…" },
];

/** The prompts of the same session come first: what was tried again stands there. */
async function pickPrompt(owner: Owner, { session, prompt }: Required<Part>): Promise<Part | undefined> {
  const own = itemsOf(await owner.session(session)).filter(({ part }) => part?.prompt !== prompt);
  const picked = await ask([...own, ...ELSEWHERE]);
  if (!picked || picked.part) return picked?.part;
  const other = await pickSession(owner, "A prompt of which session?", session);
  return other && (await ask(itemsOf(await owner.session(other.id))))?.part;
}

function ask(items: Item[]): Thenable<Item | undefined> {
  return window.showQuickPick(items, { placeHolder: "Compare with which prompt?", matchOnDescription: true });
}

function itemsOf({ id, prompts }: Session): Item[] {
  return prompts
    .filter(prompt => prompt.id !== "")
    .map(prompt => ({
      label: harmless(promptLabel(prompt)),
      description: promptSum(prompt),
      part: { session: id, prompt: prompt.id },
    }));
}
