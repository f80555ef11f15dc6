/**
 * Sums that SQLite itself keeps as rows come, change and go, so that no view ever adds up a big table: `total`
 * per session, and `daily` by day, project, model and kind of agent. Triggers do it, because only they see what a
 * row was before; whoever writes need not think of it and can't forget it.
 */
const AMOUNTS = [
  ...["prompts", "steps", "failures", "edits", "added", "removed", "requests", "unpriced", "cost"],
  ...["input", "output", "cache_read", "cache_write_5m", "cache_write_1h", "web_searches"],
];

interface Feeder {
  table: string;
  /** What one row adds to which sum; ROW stands for the row. */
  adds: Record<string, string>;
  model?: string;
  agent?: string;
}

const usage = Object.fromEntries(
  ["cost", "input", "output", "cache_read", "cache_write_5m", "cache_write_1h", "web_searches"].map(
    column => [column, `coalesce(ROW.${column}, 0)`],
  ),
);

const FEEDERS: Feeder[] = [
  { table: "prompt", adds: { prompts: "1" } },
  { table: "step", adds: { steps: "(ROW.kind = 'tool')" }, agent: "ROW.agent_type" },
  { table: "failure", adds: { failures: "1" }, agent: "ROW.agent_type" },
  {
    table: "edit",
    adds: { edits: "1", added: "coalesce(ROW.added, 0)", removed: "coalesce(ROW.removed, 0)" },
    agent: "ROW.agent_type",
  },
  {
    table: "request",
    adds: { requests: "1", unpriced: "(ROW.cost is null)", ...usage },
    model: "ROW.model",
    agent: "ROW.agent_type",
  },
];

const sums = AMOUNTS.map(amount => `${amount} integer not null default 0`).join(", ");

const tables = `
create table total (session integer primary key, ${sums});
create table daily (
  day integer not null, project text not null, model text not null, agent text not null, ${sums},
  primary key (day, project, model, agent)
) without rowid;`;

/** Adds a row's amounts to both sums, or takes them away. */
function count(feeder: Feeder, row: "new" | "old"): string {
  const sign = row === "new" ? "" : "-";
  const names = Object.keys(feeder.adds);
  const amounts = Object.values(feeder.adds).map(sql => sign + of(sql, row));
  const add = names.map(name => `${name} = ${name} + excluded.${name}`).join(", ");
  const project = `(select project from session where key = ${row}.session)`;
  const group = [`${row}.day`, project, of(feeder.model ?? "''", row), of(feeder.agent ?? "''", row)];
  return `
  insert into total (session, ${names.join(", ")}) values (${row}.session, ${amounts.join(", ")})
    on conflict do update set ${add};
  insert into daily (day, project, model, agent, ${names.join(", ")})
    values (coalesce(${group[0]}, 0), ${group.slice(1).map(orNone).join(", ")}, ${amounts.join(", ")})
    on conflict do update set ${add};`;
}

function triggers(feeder: Feeder): string {
  const { table, adds, model, agent } = feeder;
  // Most updates say what is known already; then there is nothing to count anew.
  const watched = [...Object.values(adds), model, agent, "ROW.day"].filter(sql => sql?.includes("ROW"));
  const differs = watched.map(sql => `${of(sql ?? "", "old")} is not ${of(sql ?? "", "new")}`).join(" or ");
  return `
create trigger ${table}_came after insert on ${table} begin ${count(feeder, "new")} end;
create trigger ${table}_went after delete on ${table} begin ${count(feeder, "old")} end;
create trigger ${table}_changed after update on ${table} when ${differs} begin
  ${count(feeder, "old")} ${count(feeder, "new")} end;`;
}

/** A session's project may become known after its first rows: then its sums move over. */
function moves(feeder: Feeder): string {
  const names = Object.keys(feeder.adds);
  const add = names.map(name => `${name} = ${name} + excluded.${name}`).join(", ");
  const move = (sign: string, project: string) => `
  insert into daily (day, project, model, agent, ${names.join(", ")})
    select coalesce(r.day, 0), ${orNone(project)}, ${orNone(of(feeder.model ?? "''", "r"))},
      ${orNone(of(feeder.agent ?? "''", "r"))}, ${Object.values(feeder.adds).map(sql => `${sign}sum(${of(sql, "r")})`)}
    from ${feeder.table} r where r.session = new.key group by 1, 2, 3, 4
    on conflict do update set ${add};`;
  return move("-", "old.project") + move("", "new.project");
}

function of(sql: string, row: string): string {
  return sql.replaceAll("ROW", row);
}

function orNone(sql: string): string {
  return `coalesce(${sql}, '')`;
}

export const rollUp = `${tables}
${FEEDERS.map(triggers).join("")}
create trigger session_moved after update of project on session when old.project is not new.project begin
  ${FEEDERS.map(moves).join("")}
end;`;
