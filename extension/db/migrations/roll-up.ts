/**
 * Sums per session, day, model and agent, and per session and file, so that no view ever adds up a big table.
 * Triggers keep them, because only they see what a row was before; whoever writes need not think of it and can't
 * forget it. Whoever writes very much at once takes the triggers away and has the sums of the sessions made anew,
 * which costs a quarter (`inBulk` in store.ts).
 */
const AMOUNTS = [
  ...["prompts", "steps", "failures", "edits", "added", "removed", "commits", "pulls", "agents"],
  ...["requests", "unpriced", "cost", "input", "output", "cache_read", "cache_write_5m", "cache_write_1h"],
  "web_searches",
];

/** What the rows of a table add to which sums; ROW stands for the row. */
interface Feeder {
  table: string;
  sums: "sums" | "edited";
  adds: Record<string, string>;
  /** How the sums are told apart, besides by the session. */
  by: Record<string, string>;
}

const usage = Object.fromEntries(
  AMOUNTS.slice(AMOUNTS.indexOf("cost")).map(column => [column, `coalesce(ROW.${column}, 0)`]),
);
const lines = { edits: "1", added: "coalesce(ROW.added, 0)", removed: "coalesce(ROW.removed, 0)" };
const day = { day: "coalesce(ROW.day, 0)", model: "''", agent: "''" };
const byAgent = { ...day, agent: "coalesce(ROW.agent, '')" };
const never = { ...day, day: "0" };

const FEEDERS: Feeder[] = [
  { table: "prompt", sums: "sums", adds: { prompts: "1" }, by: day },
  { table: "step", sums: "sums", adds: { steps: "coalesce(ROW.kind = 'tool', 0)" }, by: byAgent },
  // What a user interrupts is no failure of the agent's.
  { table: "failure", sums: "sums", adds: { failures: "(ROW.type is not 'user')" }, by: byAgent },
  { table: "edit", sums: "sums", adds: lines, by: byAgent },
  { table: "edit", sums: "edited", adds: lines, by: { file: "ROW.file" } },
  {
    table: "request",
    sums: "sums",
    adds: { requests: "1", unpriced: "(ROW.cost is null)", ...usage },
    by: { ...byAgent, model: "coalesce(ROW.model, '')" },
  },
  { table: "git_commit", sums: "sums", adds: { commits: "1" }, by: never },
  { table: "pull_request", sums: "sums", adds: { pulls: "1" }, by: never },
  // The client warms up with agents that nobody called.
  { table: "agent", sums: "sums", adds: { agents: "(ROW.step is not null)" }, by: never },
];

const sums = AMOUNTS.map(amount => `${amount} integer not null default 0`).join(", ");
const added = AMOUNTS.map(amount => `sum(${amount}) as ${amount}`).join(", ");

const tables = `
create table sums (
  session integer not null, day integer not null, model text not null, agent text not null, ${sums},
  primary key (session, day, model, agent)
) without rowid;
create table edited (
  session integer not null, file integer not null, edits integer not null default 0,
  added integer not null default 0, removed integer not null default 0,
  primary key (session, file)
) without rowid;
create view total as select session, ${added} from sums group by session;
create view daily as
  select day, coalesce(s.project, '') as project, model, coalesce(a.type, n.agent) as agent, ${added}
  from sums n join session s on s.key = n.session left join agent a on a.id = n.agent group by 1, 2, 3, 4;`;

/** Adds a row's amounts to its sums, or takes them away. */
function count({ sums, adds, by }: Feeder, row: "new" | "old"): string {
  const sign = row === "new" ? "" : "-";
  const names = Object.keys(adds);
  const amounts = Object.values(adds).map(sql => sign + of(sql, row));
  const add = names.map(name => `${name} = ${name} + excluded.${name}`).join(", ");
  return `
  insert into ${sums} (session, ${[...Object.keys(by), ...names].join(", ")})
    values (${row}.session, ${[...Object.values(by).map(sql => of(sql, row)), ...amounts].join(", ")})
    on conflict do update set ${add};`;
}

function triggers(feeder: Feeder): string {
  const { table, sums, adds, by } = feeder;
  // Most updates say what is known already; then there is nothing to count anew.
  const watched = ["ROW.session", ...Object.values(adds), ...Object.values(by)];
  const differs = watched
    .filter(sql => sql.includes("ROW"))
    .map(sql => `${of(sql, "old")} is not ${of(sql, "new")}`)
    .join(" or ");
  return `
create trigger ${table}_came_${sums} after insert on ${table} begin ${count(feeder, "new")} end;
create trigger ${table}_went_${sums} after delete on ${table} begin ${count(feeder, "old")} end;
create trigger ${table}_changed_${sums} after update on ${table} when ${differs} begin
  ${count(feeder, "old")} ${count(feeder, "new")} end;`;
}

function of(sql: string, row: string): string {
  return sql.replaceAll("ROW", row);
}

/** The sums of some sessions made anew out of their rows; `sessions` is a query for their keys. */
export function recount(sessions: string): string {
  const anew = FEEDERS.map(({ table, sums, adds, by }) => {
    const names = Object.keys(adds);
    const add = names.map(name => `${name} = ${name} + excluded.${name}`).join(", ");
    const amounts = Object.values(adds).map(sql => `sum(${of(sql, "r")})`);
    const keys = Object.values(by).map(sql => of(sql, "r"));
    const groups = [...keys.keys()].map(i => i + 2).join(", ");
    return `insert into ${sums} (session, ${[...Object.keys(by), ...names].join(", ")})
      select r.session, ${[...keys, ...amounts].join(", ")} from ${table} r where r.session in (${sessions})
      group by r.session, ${groups} on conflict do update set ${add};`;
  });
  return (
    ["sums", "edited"].map(table => `delete from ${table} where session in (${sessions});`).join("\n") +
    anew.join("\n")
  );
}

export const createTriggers = FEEDERS.map(triggers).join("");
export const dropTriggers = FEEDERS.flatMap(({ table, sums }) =>
  ["came", "went", "changed"].map(event => `drop trigger ${table}_${event}_${sums};`),
).join("\n");

export const rollUp = `${tables}${createTriggers}`;
