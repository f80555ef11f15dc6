import type { Engine } from "../db/engine.ts";
import type { Usage, UsageBy, UsageWanted } from "../questions.ts";
import { spentOf, type UsageSums } from "./spent.ts";
import { hereIn, where } from "./where.ts";

interface Row extends UsageSums {
  name: string;
  prompts: number;
  steps: number;
  requests: number;
  unpriced: number;
}

// An agent is told by its type: its id says nothing to anybody.
const NAMES: Record<UsageBy, string> = {
  day: "case when n.day > 0 then substr(n.day, 1, 4) || '-' || substr(n.day, 5, 2) || '-' || substr(n.day, 7) else '' end",
  model: "n.model",
  project: "coalesce(s.project, '')",
  agent: "coalesce(a.type, n.agent)",
  session: "s.id",
};
const AMOUNTS = [
  ...["prompts", "steps", "requests", "unpriced", "cost", "input", "output"],
  ...["cache_read", "cache_write_5m", "cache_write_1h"],
];

/** What was used, by day, model and so on: added up from the sums that the store keeps anyway. */
export function usage(db: Engine, folders: string[], { by, from, to }: UsageWanted): Usage[] {
  const wanted = where(hereIn(folders), ["n.day >= ?", dayOf(from)], ["n.day <= ?", dayOf(to)]);
  const some = by === "model" ? "sum(requests)" : "sum(prompts + steps + requests)";
  const rows = db.all<Row>(
    `select ${NAMES[by]} as name, ${AMOUNTS.map(amount => `sum(n.${amount}) as ${amount}`).join(", ")}
     from sums n join session s on s.key = n.session left join source f on f.id = s.source
       left join agent a on a.id = n.agent
     where ${wanted.sql} group by 1 having ${some} > 0 order by 1`,
    wanted.params,
  );
  return rows.map(({ name, prompts, steps: toolCalls, requests, unpriced, ...sums }) => ({
    ...{ name, prompts, toolCalls, requests, unpriced },
    ...spentOf(sums),
  }));
}

/** The store's number of a day such as 2026-11-21. */
function dayOf(date: string | undefined): number | undefined {
  return date === undefined ? undefined : Number(date.replaceAll("-", ""));
}
