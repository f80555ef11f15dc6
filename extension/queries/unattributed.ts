import type { Engine } from "../db/engine.ts";

interface Billed {
  parent: string | null;
  /** What the client said, what was found, and what of that is copied from another session; in nano-dollars. */
  bill: number | null;
  cost: number | null;
  copied: number;
}

const BILLED = `select s.key, s.id, s.parent, s.bill, (select sum(cost) from sums where session = s.key) as cost,
    (select coalesce(sum(r.cost), 0) from copy c join request r on r.id = c.request where c.session = s.key) as copied
  from session s where s.bill is not null`;

/** A fork's bill goes on from that of its parent, so that what that spent is not its own. */
export function unattributed(row: Billed, find: (id: string) => Billed | undefined, depth = 0): number {
  if (row.bill === null) return 0;
  const parent = row.parent !== null && depth < 10 ? find(row.parent) : undefined;
  const before = parent ? unattributed(parent, find, depth + 1) : 0;
  return Math.max(0, row.bill - (row.cost ?? 0) - row.copied - before);
}

/** The same of all sessions, by their keys. */
export function allUnattributed(db: Engine): Map<number, number> {
  const rows = db.all<Billed & { key: number; id: string }>(BILLED);
  const byId = new Map(rows.map(row => [row.id, row]));
  return new Map(rows.map(row => [row.key, unattributed(row, id => byId.get(id))]));
}
