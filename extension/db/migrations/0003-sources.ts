/**
 * Hooks and telemetry tell of the same things as transcripts: a request has the service's own id, by which all know
 * it, and where sources differ a rank says whose word counts.
 */
export const sources = `
update step set request = (select service_id from request r where r.id = step.request)
  where request in (select id from request where service_id is not null);
update or ignore copy set request = (select service_id from request r where r.id = copy.request)
  where request in (select id from request where service_id is not null);
update or replace request set id = service_id where service_id is not null;
alter table request drop column service_id;
alter table request add column line_rank integer;
update request set line_rank = usage_rank;
alter table failure add column code_rank integer;
alter table session add column asked text;
create table guess (
  session integer not null,
  kind text not null,
  id text not null,
  twin text,
  primary key (session, kind, id)
) without rowid;`;
