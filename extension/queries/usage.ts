import type { Engine } from "../db/engine.ts";
import type { Usage, UsageBy, UsageWanted } from "../questions.ts";
import { spentOf, type UsageSums } from "./spent.ts";
import { AGENT, dateOf, SUMS, used } from "./used.ts";

interface Row extends UsageSums {
  name: string | number;
  also: string | number;
  prompts: number;
  steps: number;
  failures: number;
  added: number;
  removed: number;
  requests: number;
  unpriced: number;
}

const NAMES: Record<UsageBy, string> = {
  day: "n.day",
  model: "n.model",
  project: "coalesce(s.project, '')",
  agent: AGENT,
  session: "s.id",
};
const AMOUNTS = [
  ...["prompts", "steps", "failures", "added", "removed", "requests", "unpriced", "cost", "input", "output"],
  ...["cache_read", "cache_write_5m", "cache_write_1h"],
];

/** What was used, by day, model and so on: added up from the sums that the store keeps anyway. */
export function usage(db: Engine, folders: string[], { by, and, ...filter }: UsageWanted): Usage[] {
  const wanted = used(folders, filter);
  // Prompts and steps have no model of their own.
  const some = [by, and].includes("model") ? "sum(requests)" : "sum(prompts + steps + requests)";
  const rows = db.all<Row>(
    `select ${NAMES[by]} as name, ${and ? NAMES[and] : "''"} as also,
       ${AMOUNTS.map(amount => `sum(n.${amount}) as ${amount}`).join(", ")}
     from ${SUMS} where ${wanted.sql} group by 1, 2 having ${some} > 0 order by 1, 2`,
    wanted.params,
  );
  return rows.map(({ name, also, prompts, requests, unpriced, ...row }) => ({
    name: named(name),
    ...(and && { and: named(also) }),
    ...{ prompts, toolCalls: row.steps, errors: row.failures, requests, unpriced },
    ...{ linesAdded: row.added, linesRemoved: row.removed },
    ...spentOf(row),
  }));
}

function named(name: string | number): string {
  return typeof name === "number" ? dateOf(name) : name;
}
