import type { AlertRule } from "../alert.ts";
import type { Engine } from "./engine.ts";

/** The rules that other programs put here. */
export class StoredRules {
  readonly #db: Engine;

  constructor(db: Engine) {
    this.#db = db;
  }

  /** Whether an editor's settings said the rules of this store. */
  get areSettings(): boolean {
    return this.#db.get("select 1 from setting where name = 'alerts'") !== undefined;
  }

  setAreSettings(): void {
    this.#db.run("insert or ignore into setting (name, value) values ('alerts', 'settings')");
  }

  get all(): AlertRule[] {
    const rows = this.#db.all<{ rule: string }>("select rule from alert_rule order by name");
    return rows.map(({ rule }) => JSON.parse(rule) as AlertRule);
  }

  put(rule: AlertRule): void {
    this.#db.run(
      "insert into alert_rule (name, rule) values (?, ?) on conflict do update set rule = excluded.rule",
      [rule.name, JSON.stringify(rule)],
    );
  }

  /** Answers whether there was one. */
  remove(name: string): boolean {
    const known = this.#db.get("select 1 from alert_rule where name = ?", [name]) !== undefined;
    this.#db.run("delete from alert_rule where name = ?", [name]);
    return known;
  }
}
