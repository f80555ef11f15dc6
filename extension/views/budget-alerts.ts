import { join } from "node:path";
import { commands as vscode, window } from "vscode";
import { type BudgetState, levelOf } from "../base/budgets.ts";
import { firstTime } from "../base/first-time.ts";
import { cents, percent } from "../base/format.ts";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";
import { commands } from "../manifest.ts";
import type { Spending } from "./spending.ts";

const OPEN = "Open the Bill";
const NAMES = { day: "today's", week: "this week's", month: "this month's" };

/** Tells the user, once and in one window, that a budget is nearly or wholly used up. */
export class BudgetAlerts {
  readonly #life = new Lifetime();
  readonly #owner: Owner;

  constructor(spending: Spending, owner: Owner) {
    this.#owner = owner;
    this.#life.add(
      spending.changed.on(states => {
        // The demo's money was never spent.
        if (!owner.place.demo) for (const state of states) void this.#tell(state);
      }),
    );
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  async #tell(state: BudgetState): Promise<void> {
    const { period, start, costUsd, budget = 0 } = state;
    const level = levelOf(state);
    if (level === "fine") return;
    const told = join(this.#owner.place.dataDir, "budgets");
    if (!firstTime(told, `${start}-${period}-${level}-${budget}`)) return;
    const words = `Claude Code has used ${percent(costUsd, budget)} of ${NAMES[period]} budget: ${cents(costUsd)} of ${cents(budget)}.`;
    const show = level === "over" ? window.showWarningMessage : window.showInformationMessage;
    if ((await show(words, OPEN)) === OPEN) await vscode.executeCommand(commands.openBill);
  }
}
