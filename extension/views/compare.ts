import { type QuickPickItem, QuickPickItemKind, window } from "vscode";
import { harmless } from "../base/format.ts";
import type { Owner } from "../base/owner.ts";
import type { Part } from "../pages.ts";
import type { Session } from "../protocol.ts";
import type { ComparePanels } from "./compare-panels.ts";
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

async function pickOther(owner: Owner, than: string): Promise<Part | undefined> {
  const session = await pickSession(owner, { asks: "Compare with which session?", except: than });
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
  const other = await pickSession(owner, { asks: "A prompt of which session?", except: session });
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
