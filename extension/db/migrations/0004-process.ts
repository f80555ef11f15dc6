/** Hooks tell which process runs a session, so that it is known when that is gone. */
export const process = `
alter table session add column process_rank integer;
alter table session add column process integer;`;
