import type { SqlValue } from "sql.js";
import type { Alert, AlertDelivery, AlertLevel, AlertRule, AlertsWanted } from "../alert.ts";
import type { Engine } from "./engine.ts";

/** Whom an alert is about. */
export interface Subject {
  session?: string;
  project?: string;
  model?: string;
}

/** What is to be sent. */
export interface Due {
  alert: number;
  way: AlertDelivery["way"];
  tries: number;
  due: number;
}

type Row = Omit<Alert, "notify" | "endedAt" | "window" | "session" | "deliveries"> & {
  period: string | null;
  session: string | null;
  notify: number;
  ended_at: number | null;
};

/** So many that are over are remembered. */
const MOST = 1000;
const ROWS = `select a.id, rule, kind, level, value, threshold, period, s.id as session, a.project, model, notify, at,
  a.ended_at from alert a left join session s on s.key = a.session`;
const SAME = "coalesce(s.id, '') = ? and coalesce(a.project, '') = ? and coalesce(model, '') = ?";

/** What was told of, what is still so, and what of it is still to be sent. */
export class AlertLog {
  readonly #db: Engine;

  constructor(db: Engine) {
    this.#db = db;
  }

  /** Whether it was told before, and may be over by now. */
  wasTold({ name, threshold }: AlertRule, level: AlertLevel, subject: Subject): boolean {
    const { session = "", project = "", model = "" } = subject;
    const told = this.#db.get(`${ROWS} where ${SAME} and rule = ? and level = ? and threshold = ?`, [
      ...[session, project, model],
      ...[name, level, threshold],
    ]);
    return told !== undefined;
  }

  /** From now on it is so; all that is to be done about it is stored with it, or nothing. */
  begin(rule: AlertRule, level: AlertLevel, subject: Subject & { value: number }, at: number): void {
    const { name, kind, threshold, window = null, deliver = ["notification"] } = rule;
    const { session = null, project = null, model = null, value } = subject;
    this.#db.transaction(() => {
      this.#db.run(
        `insert into alert (rule, kind, level, value, threshold, period, session, project, model, notify, at)
         values (?, ?, ?, ?, ?, ?, (select key from session where id = ?), ?, ?, ?, ?)`,
        [
          ...[name, kind, level, value, threshold, window, session, project, model],
          ...[Number(deliver.includes("notification")), at],
        ],
      );
      const id = this.#db.get<{ id: number }>("select last_insert_rowid() as id")?.id ?? 0;
      for (const way of new Set(deliver))
        if (way !== "notification")
          this.#db.run(
            "insert into alert_delivery (alert, way, state, tries, due) values (?, ?, 'due', 0, ?)",
            [id, way, at],
          );
      this.#db.run(
        `delete from alert where ended_at is not null
         and id <= (select id from alert order by id desc limit 1 offset ?)`,
        [MOST],
      );
    });
  }

  end(id: number, at: number): void {
    this.#db.run("update alert set ended_at = ? where id = ?", [at, id]);
  }

  one(id: number): Alert | undefined {
    return this.#rows("where a.id = ?", [id])[0];
  }

  /** What is still so, the first one first. */
  open(): Alert[] {
    return this.#rows("where a.ended_at is null order by a.id", []);
  }

  list({ limit = 100, since = 0, open }: AlertsWanted): Alert[] {
    const still = open ? "and a.ended_at is null" : "";
    return this.#rows(`where a.at >= ? ${still} order by a.at desc, a.id desc limit ?`, [since, limit]);
  }

  /** What is still to be sent, the first one first. */
  due(): Due[] {
    return this.#db.all("select alert, way, tries, due from alert_delivery where state = 'due' order by due");
  }

  deliver(
    { alert, way }: Pick<Due, "alert" | "way">,
    to: Partial<Omit<AlertDelivery, "way">> & { due?: number },
  ): void {
    const sets = Object.entries(to);
    this.#db.run(
      `update alert_delivery set ${sets.map(([name]) => `${name} = ?`).join(", ")} where alert = ? and way = ?`,
      [...sets.map(([, value]) => value), alert, way],
    );
  }

  /** What a recorder was sending when it ended may have arrived: it is not sent again. */
  giveUp(why: string): void {
    this.#db.run("update alert_delivery set state = 'failed', why = ? where state = 'sending'", [why]);
  }

  #rows(which: string, params: SqlValue[]): Alert[] {
    return this.#db.all<Row>(`${ROWS} ${which}`, params).map(row => ({
      ...{ id: row.id, rule: row.rule, kind: row.kind, level: row.level, value: row.value },
      ...{ threshold: row.threshold, window: row.period, project: row.project, model: row.model },
      session: row.session === null ? null : { id: row.session, title: "" },
      ...{ at: row.at, endedAt: row.ended_at, notify: row.notify === 1 },
      deliveries: this.#db.all<AlertDelivery>(
        "select way, state, tries, why from alert_delivery where alert = ? order by way",
        [row.id],
      ),
    }));
  }
}
