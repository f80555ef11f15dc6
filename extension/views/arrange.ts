import { type QuickPickItem, QuickPickItemKind, window } from "vscode";
import type { Arranged, Arrangement } from "./arrangement.ts";
import { EXAMPLE, readFilter } from "./filter.ts";

type Choice = QuickPickItem & { choice?: Partial<Arranged> };

const CHOICES: [title: string, choices: [label: string, choice: Partial<Arranged>][]][] = [
  [
    "Group by",
    [
      ["Day", { group: "day" }],
      ["Project", { group: "project" }],
      ["Model", { group: "model" }],
      ["Outcome", { group: "outcome" }],
      ["Nothing: one list", { group: "nothing" }],
    ],
  ],
  [
    "First of all",
    [
      ["The last one at work", { sort: "time" }],
      ["The most expensive", { sort: "cost" }],
      ["The longest", { sort: "duration" }],
    ],
  ],
  [
    "Show",
    [
      ["All sessions", { here: false }],
      ["Those of this workspace", { here: true }],
    ],
  ],
];

/** Lets the user group, sort and narrow the sessions; the list stays open, so that several can be chosen. */
export function arrange(arrangement: Arrangement): void {
  const pick = window.createQuickPick<Choice>();
  pick.title = "Group and Sort Sessions";
  pick.placeholder = "Each is done at once; Escape when it is as you like it";
  pick.items = items(arrangement.now);
  pick.onDidAccept(async () => {
    const [chosen] = pick.activeItems;
    if (!chosen?.choice) return;
    await arrangement.change(chosen.choice);
    pick.items = items(arrangement.now);
    pick.activeItems = pick.items.filter(({ label }) => label === chosen.label);
  });
  pick.onDidHide(() => pick.dispose());
  pick.show();
}

function items(now: Arranged): Choice[] {
  const isSo = (choice: Partial<Arranged>) =>
    Object.entries(choice).every(([name, value]) => now[name as keyof Arranged] === value);
  return CHOICES.flatMap(([title, choices]) => [
    { label: title, kind: QuickPickItemKind.Separator },
    ...choices.map(([label, choice]) => ({
      ...{ label, choice },
      ...(isSo(choice) && { description: "$(check) as it is now" }),
    })),
  ]);
}

/** Asks for a filter, and says what of it makes no sense while it is typed. */
export async function askFilter(arrangement: Arrangement): Promise<void> {
  const typed = await window.showInputBox({
    title: "Filter Sessions",
    value: arrangement.now.filter,
    placeHolder: EXAMPLE,
    prompt: "Words of the title, project, branch or model, and status: tool: file: cost: since: until:",
    validateInput: text => readFilter(text, Date.now()).problem,
  });
  if (typed !== undefined) await arrangement.change({ filter: typed.trim() });
}
