import { rollUp } from "./roll-up.ts";

/**
 * A row per real thing, keyed by Claude Code's own ids. These come in no order, so that wide rows are kept apart
 * from the index of their ids: it is a third quicker than to sort the rows themselves by them. A session's id is long and stands in every row, so that
 * the rows carry a number in its place. Times are milliseconds since 1970, `day` is the user's calendar day at
 * that time as 20261121, cost is in billionths of a dollar, and a spot is where a line stands in a transcript.
 */
const tables = `
create table source (
  id integer primary key,
  path text not null unique,
  cursor integer not null default 0,
  size integer,
  modified integer,
  head text,
  skipped integer not null default 0,
  memory text
);
create table session (
  key integer primary key,
  id text not null unique,
  parent text,
  project_rank integer,
  project text,
  branch text,
  source integer,
  started_at integer,
  ended_at integer,
  mood_rank integer,
  mood text,
  client text,
  end_rank integer,
  end_reason text,
  bill_rank integer,
  bill integer,
  title_rank integer,
  title_source integer,
  title_offset integer,
  title_length integer
);
create index session_by_end on session (ended_at);
create table session_source (
  source integer not null,
  session integer not null,
  primary key (session, source)
) without rowid;
create index session_of_source on session_source (source);
create table deleted_session (id text primary key) without rowid;
create table setting (name text primary key, value text not null) without rowid;
create table unknown (
  source integer not null,
  what text not null,
  times integer not null,
  primary key (source, what)
) without rowid;
create table prompt (
  id text primary key,
  owner_rank integer,
  session integer not null,
  turn text,
  at integer,
  day integer,
  source integer,
  offset integer,
  length integer
);
create index prompt_by_session on prompt (session, at);
create table request (
  id text primary key,
  service_id text,
  session integer not null,
  prompt text,
  agent text,
  at integer,
  day integer,
  model text,
  usage_rank integer,
  input integer,
  output integer,
  cache_read integer,
  cache_write_5m integer,
  cache_write_1h integer,
  web_searches integer,
  geo text,
  cost integer,
  duration integer,
  source integer,
  offset integer,
  length integer
);
create index request_by_session on request (session);
create table step (
  id text primary key,
  session integer not null,
  kind text,
  name text,
  prompt text,
  request text,
  agent text,
  at integer,
  day integer,
  ended_at integer,
  status_rank integer,
  status text,
  duration_rank integer,
  duration integer,
  source integer,
  offset integer,
  length integer,
  result_source integer,
  result_offset integer,
  result_length integer
);
create index step_by_session on step (session, at);
create table failure (
  step text primary key,
  session integer not null,
  agent text,
  at integer,
  day integer,
  type text,
  code text
);
create index failure_by_session on failure (session);
create table file (
  id integer primary key,
  hash text not null unique,
  path text
);
create table edit (
  step text not null,
  file integer not null,
  session integer not null,
  agent text,
  at integer,
  day integer,
  change_rank integer,
  change text,
  added integer,
  removed integer,
  primary key (step, file)
);
create index edit_by_file on edit (file, at);
create index edit_by_session on edit (session);
create table agent (
  id text primary key,
  session integer not null,
  step text,
  parent text,
  type text,
  at integer
);
create index agent_by_session on agent (session);
create table copy (
  session integer not null,
  request text not null,
  primary key (session, request)
) without rowid;
create table git_commit (
  session integer not null,
  id text not null,
  sha text,
  step text,
  at integer,
  primary key (session, id)
) without rowid;
create table pull_request (
  session integer not null,
  url text not null,
  step text,
  at integer,
  primary key (session, url)
) without rowid;`;

/**
 * Words that the privacy tier lets us keep, packed, and a full-text index over them that keeps no second copy.
 * What is deleted leaves the index with it; `optimize` then removes even the trace that it was there.
 */
const words = `
create table content (
  id integer primary key,
  session integer not null,
  of text not null,
  owner text not null,
  tier integer not null,
  bytes blob not null,
  unique (session, of, owner)
);
create index content_by_owner on content (owner);
create view content_words as select id as rowid, id as docid, unpack_words(bytes) as words from content;
create virtual table search using fts4 (content="content_words", words, tokenize=unicode61, prefix="2");
create trigger content_left before delete on content begin delete from search where docid = old.id; end;`;

/** Events that could not be stored yet, to be tried again. */
const inbox = `
create table retry (
  id integer primary key,
  line text not null,
  tries integer not null,
  due integer not null,
  reason text not null
);`;

const former = ["source", "session", "prompt", "step"];

/** What the former version knew is carried over: its transcripts may be gone by now. */
const carried = `
insert into source (id, path, skipped) select id, path, skipped from former_source;
insert into session (id, project_rank, project, started_at, ended_at, source, title_rank, title_source, title_offset, title_length)
  select id, -started_at, project, started_at, ended_at, source, nullif(title_rank, 0), title_source, title_offset, title_length
  from former_session;
insert or ignore into prompt (id, session, at, day, source, offset, length)
  select p.id, s.key, p.at, strftime('%Y%m%d', p.at / 1000, 'unixepoch', 'localtime'), p.source, p.offset, p.length
  from former_prompt p join session s on s.id = p.session;
insert or ignore into step (id, session, kind, name, agent, at, day, source, offset, length)
  select x.id, s.key, 'tool', x.tool, x.agent, x.at, strftime('%Y%m%d', x.at / 1000, 'unixepoch', 'localtime'),
    x.source, x.offset, x.length
  from former_step x join session s on s.id = x.session;
insert into failure (step, session, agent, at, day)
  select x.id, x.session, x.agent, x.at, x.day from step x join session s on s.key = x.session
  join former_step f on f.session = s.id and f.id = x.id and f.failed;
insert into session_source (source, session) select distinct source, session from (
  select source, session from step union all select source, session from prompt);`;

export const rows = [
  ...former.map(table => `alter table ${table} rename to former_${table};`),
  tables,
  words,
  inbox,
  rollUp,
  carried,
  ...former.map(table => `drop table former_${table};`),
].join("\n");
