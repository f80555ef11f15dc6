/** What the first version kept: where to find the words of sessions, prompts and steps. */
export const lists = `
create table source (
  id integer primary key,
  path text not null unique,
  cursor integer not null default 0,
  skipped integer not null default 0
);
create table session (
  id text primary key,
  source integer references source,
  project text,
  started_at integer,
  ended_at integer,
  title_rank integer not null default 0,
  title_source integer references source,
  title_offset integer,
  title_length integer
) without rowid;
create table prompt (
  session text not null,
  id text not null,
  at integer not null,
  source integer not null references source,
  offset integer not null,
  length integer not null,
  primary key (session, id)
) without rowid;
create table step (
  session text not null,
  id text not null,
  at integer not null,
  tool text not null,
  agent text,
  failed integer not null default 0,
  source integer not null references source,
  offset integer not null,
  length integer not null,
  primary key (session, id)
) without rowid;
`;
