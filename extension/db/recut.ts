import { inBulk } from "./bulk.ts";
import type { Engine } from "./engine.ts";
import { dayOf } from "./rows.ts";

const TABLES = ["prompt", "request", "step", "failure", "edit"];
/** No time zone begins its day within a quarter of an hour. */
const QUARTER = 15 * 60_000;

/** Counts anew which day each row is of, with all sums, as when time is counted in another zone. */
export function recut(db: Engine): void {
  inBulk(db, () => {
    db.exec("create temp table cut (quarter integer primary key, day integer)");
    for (const table of TABLES) {
      const quarters = db.all<{ quarter: number }>(
        `select distinct at / ${QUARTER} as quarter from ${table} where at is not null`,
      );
      for (const { quarter } of quarters)
        db.run("insert or ignore into cut values (?, ?)", [quarter, dayOf(quarter * QUARTER) ?? 0]);
      const day = `(select day from cut where quarter = at / ${QUARTER})`;
      db.exec(`update ${table} set day = ${day} where at is not null and day is not ${day}`);
    }
    db.exec("drop table cut");
  });
  // Hours are others also where days are not.
  db.run("insert or ignore into stale select key from session");
}
