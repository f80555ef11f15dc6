import { MarkdownString, StatusBarAlignment, type StatusBarItem, ThemeColor, window } from "vscode";
import type { AlertLevel } from "../alert.ts";
import { alertWords } from "../base/alert-words.ts";
import type { BudgetState } from "../base/budgets.ts";
import { cents, harmless, percent } from "../base/format.ts";
import { Lifetime } from "../base/lifetime.ts";
import { commands } from "../manifest.ts";
import type { MoneySettings, Spend, Spending } from "./spending.ts";

const COLOURS: Record<AlertLevel, string> = {
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
    this.#life.add(spending.changed.on(spend => this.#show(spend)));
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  #show({ states, alerts }: Spend): void {
    const [today] = states;
    // Who has not used Claude Code this month need not be told that it cost nothing.
    if (!today || states.every(({ costUsd }) => costUsd === 0)) {
      this.#item.hide();
      return;
    }
    const value = this.#settings.billing.value === "subscription" ? "API value" : "spent";
    const level = alerts.some(({ level }) => level === "over") ? "over" : alerts[0]?.level;
    this.#item.text = `$(graph) ${cents(today.costUsd)}`;
    this.#item.backgroundColor = level && new ThemeColor(COLOURS[level]);
    const tooltip = new MarkdownString(tableOf(states, value));
    for (const alert of alerts) tooltip.appendMarkdown("\n\n").appendText(harmless(alertWords(alert)));
    this.#item.tooltip = tooltip;
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
