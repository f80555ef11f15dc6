/**
 * What was told of, and what is still so: the one open row of a rule and its subject keeps it from being told twice,
 * whichever recorder looks. Rules stand here only where no editor's settings say them.
 */
export const alerts = `
create table alert_rule (name text primary key, rule text not null) without rowid;
create table alert (
  id integer primary key,
  rule text not null,
  kind text not null,
  level text not null,
  value real not null,
  threshold real not null,
  period text,
  session integer,
  project text,
  model text,
  notify integer not null,
  at integer not null,
  ended_at integer
);
create unique index alert_open on alert (rule, coalesce(session, 0), coalesce(project, ''), coalesce(model, ''))
  where ended_at is null;
create index alert_by_session on alert (session);
create index alert_by_time on alert (at);
create table alert_delivery (
  alert integer not null,
  way text not null,
  state text not null,
  tries integer not null,
  due integer not null,
  why text,
  primary key (alert, way)
) without rowid;
create trigger alert_left before delete on alert begin
  delete from alert_delivery where alert = old.id;
end;`;
