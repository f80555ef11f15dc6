/**
 * What each session's requests went for, as JSON, and the sessions of which that is to be found out anew: triggers
 * note them, so that whoever writes can't forget to.
 */
const tables = `
create table ledger (session integer primary key, cells text not null);
create table stale (session integer primary key);
insert into stale select key from session;`;

/** Of a step only these matter here; most of what is told of one later is how it ended. */
const STEP = ["session", "kind", "name", "agent", "request", "at"];
const WATCHED = { request: undefined, step: STEP };

export const createNotes = Object.entries(WATCHED)
  .map(([table, columns]) => {
    // Not "or ignore": a trigger handles conflicts as the statement does that fired it.
    const note = (row: "new" | "old") =>
      `insert into stale select ${row}.session where not exists (select 1 from stale where session = ${row}.session);`;
    const when = columns?.map(column => `old.${column} is not new.${column}`).join(" or ");
    return `
create trigger ${table}_came_ledger after insert on ${table} begin ${note("new")} end;
create trigger ${table}_went_ledger after delete on ${table} begin ${note("old")} end;
create trigger ${table}_changed_ledger after update on ${table} ${when ? `when ${when} ` : ""}begin
  ${note("old")} ${note("new")} end;`;
  })
  .join("");
export const dropNotes = Object.keys(WATCHED)
  .flatMap(table => ["came", "went", "changed"].map(event => `drop trigger ${table}_${event}_ledger;`))
  .join("\n");

/** The skill that a request was made for stands in transcripts, which are therefore read again. */
export const ledger = `
alter table request add column skill text;
update source set cursor = 0, memory = null, skipped = 0;
delete from unknown where source <> 0;
${tables}${createNotes}`;
