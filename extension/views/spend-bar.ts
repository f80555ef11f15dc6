import { MarkdownString, StatusBarAlignment, type StatusBarItem, ThemeColor, window } from "vscode";
import { type BudgetState, type Level, levelOf } from "../base/budgets.ts";
import { cents, percent } from "../base/format.ts";
import { Lifetime } from "../base/lifetime.ts";
import { commands } from "../manifest.ts";
import type { MoneySettings, Spending } from "./spending.ts";

const COLOURS: Record<Level, string | undefined> = {
  fine: undefined,
  near: "statusBarItem.warningBackground",
  over: "statusBarItem.errorBackground",
};
const NAMES = { day: "Today", week: "This week", month: "This month" };

/** Today's spend in the status bar; it opens the bill. */
export class SpendBar {
  readonly #life = new Lifetime();
  readonly #item: StatusBarItem;
  readonly #settings: MoneySettings;

  constructor(spending: Spending, settings: MoneySettings) {
    this.#settings = settings;
    this.#item = this.#life.add(window.createStatusBarItem("agentTrace.spend", StatusBarAlignment.Left, -2));
    this.#item.name = "Agent Trace: Spend";
    this.#item.command = commands.openBill;
    this.#life.add(spending.changed.on(states => this.#show(states)));
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  #show(states: BudgetState[]): void {
    const [today] = states;
    // Who has not used Claude Code this month need not be told that it cost nothing.
    if (!today || states.every(({ costUsd }) => costUsd === 0)) {
      this.#item.hide();
      return;
    }
    const value = this.#settings.billing.value === "subscription" ? "API value" : "spent";
    const levels = states.map(levelOf);
    const colour = COLOURS[levels.includes("over") ? "over" : levels.includes("near") ? "near" : "fine"];
    this.#item.text = `$(graph) ${cents(today.costUsd)}`;
    this.#item.backgroundColor = colour === undefined ? undefined : new ThemeColor(colour);
    this.#item.tooltip = new MarkdownString(tableOf(states, value));
    this.#item.accessibilityInformation = { label: `Claude Code: ${cents(today.costUsd)} ${value} today` };
    this.#item.show();
  }
}

function tableOf(states: BudgetState[], value: string): string {
  const rows = states.map(({ period, costUsd, budget }) => {
    const used = budget === undefined ? "" : `${percent(costUsd, budget)} of ${cents(budget)}`;
    return `| ${NAMES[period]} | ${cents(costUsd)} | ${used} |`;
  });
  return [`| Claude Code | ${value} | budget |`, "|:---|---:|---:|", ...rows].join("\n");
}
