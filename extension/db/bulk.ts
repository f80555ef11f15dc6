import type { Engine } from "./engine.ts";
import { createNotes, dropNotes } from "./migrations/0008-ledger.ts";
import { createTriggers, dropTriggers, recount } from "./migrations/roll-up.ts";

const OWNED = ["prompt", "request", "step", "failure", "edit", "agent"];

// The sessions whose sums no longer hold: those that are written to, and those that a row belonged to before, or
// does all the same though it is told of in another's name.
const NOTED = `
create temp table if not exists dirty (session integer primary key);
${OWNED.map(
  table => `
create temp trigger if not exists ${table}_touched after update on main.${table} begin
  insert into dirty select old.session where not exists (select 1 from dirty where session = old.session);
end;`,
).join("")}`;

/**
 * Does work that writes very many rows, within a transaction. The triggers that keep the sums are away meanwhile,
 * as they would cost three times as much as the rows; at the end the sums of all `dirty` sessions are made anew.
 */
export function inBulk<T>(db: Engine, work: (dirty: (sessions: Iterable<number>) => void) => T): T {
  db.exec(NOTED);
  db.exec(dropTriggers + dropNotes);
  const result = work(sessions => {
    for (const session of sessions) db.run("insert or ignore into dirty values (?)", [session]);
  });
  db.exec(recount("select session from dirty"));
  db.exec("insert or ignore into stale select session from dirty; delete from dirty;");
  db.exec(createTriggers + createNotes);
  return result;
}
