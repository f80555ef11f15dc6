import type { Alert } from "../alert.ts";
import { type BudgetState, budgetStates, firstDay } from "../base/budgets.ts";
import { debounce } from "../base/debounce.ts";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";
import { onAnyChange, type Setting } from "../base/setting.ts";
import { Signal } from "../base/signal.ts";
import { every } from "../base/timers.ts";
import { dayAt } from "../base/usual.ts";
import type { Billing, Budgets, WeekStart } from "../bill.ts";

export interface MoneySettings {
  budgets: Setting<Budgets>;
  billing: Setting<Billing>;
  weekStart: Setting<WeekStart>;
}

/** What was spent in each period, and what of it is too much. */
export interface Spend {
  states: BudgetState[];
  alerts: Alert[];
}

/** Sessions at work change all the time; their cost need not be told at once. */
const PAUSE = 2000;
/** So that a new day begins by itself. */
const OFTEN = 300_000;

/** What was spent today, this week and this month: asked for when something changed. */
export class Spending {
  readonly changed = new Signal<Spend>();
  readonly #life = new Lifetime();
  readonly #owner: Owner;
  readonly #settings: MoneySettings;

  constructor(owner: Owner, settings: MoneySettings) {
    this.#owner = owner;
    this.#settings = settings;
    const ask = this.#life.add(
      debounce(
        () => void this.#ask(),
        () => PAUSE,
      ),
    );
    this.#life.add(owner.hints.on(ask));
    this.#life.add(owner.statusChanged.on(ask));
    this.#life.add(onAnyChange(Object.values(settings), ask));
    this.#life.add(every(OFTEN, ask));
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  async #ask(): Promise<void> {
    if (this.#owner.status.kind !== "joined") return;
    const today = dayAt(Date.now());
    // An owner that could not answer is asked again when it is back.
    const asked = [
      this.#owner.usage({ by: "day", from: firstDay(today) }),
      // One that is of another version may not know of any.
      this.#owner.alerts.history({ open: "yes" }).catch(() => []),
    ] as const;
    const [days, open] = await Promise.all(asked).catch(() => []);
    if (!days || !open || this.#life.ended) return;
    const { budgets, weekStart } = this.#settings;
    const alerts = open.filter(({ kind }) => kind === "cost");
    this.changed.fire({ states: budgetStates(days, today, budgets.value, weekStart.value), alerts });
  }
}
