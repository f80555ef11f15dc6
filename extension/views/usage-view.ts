import {
  EventEmitter,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  window,
} from "vscode";
import { harmless } from "../base/format.ts";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";
import { commands, views } from "../manifest.ts";
import type { Spend, Spending } from "./spending.ts";
import { modelRows, type UsageRow, usageRows } from "./usage-rows.ts";

/** What was spent today, this week and this month, by model, and what of it is too much. */
export class UsageView implements TreeDataProvider<UsageRow> {
  readonly #life = new Lifetime();
  readonly #owner: Owner;
  readonly #changed = this.#life.add(new EventEmitter<void>());
  readonly onDidChangeTreeData = this.#changed.event;
  #spend: Spend = { states: [], alerts: [] };

  constructor(spending: Spending, owner: Owner) {
    this.#owner = owner;
    this.#life.add(window.createTreeView<UsageRow>(views.usage, { treeDataProvider: this }));
    this.#life.add(
      spending.changed.on(spend => {
        this.#spend = spend;
        this.#changed.fire();
      }),
    );
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  async getChildren(row?: UsageRow): Promise<UsageRow[]> {
    if (!row) return usageRows(this.#spend);
    // An owner that could not answer tells of changes when it is back.
    const usage = this.#owner.usage({ by: "model", ...(row.from !== undefined && { from: row.from }) });
    return modelRows(row.id, await usage.catch(() => []));
  }

  getTreeItem({ id, label, description, icon, tooltip, colour, from, session }: UsageRow): TreeItem {
    const state = from === undefined ? TreeItemCollapsibleState.None : TreeItemCollapsibleState.Collapsed;
    const item = new TreeItem(harmless(label), state);
    item.id = id;
    item.description = description;
    item.iconPath = new ThemeIcon(icon, colour === undefined ? undefined : new ThemeColor(colour));
    item.tooltip = tooltip ?? `${label}: ${description}`;
    item.command =
      session === undefined
        ? { command: commands.openBill, title: "Open the Bill" }
        : { command: commands.openReplay, title: "Open Replay", arguments: [{ session }] };
    return item;
  }
}
