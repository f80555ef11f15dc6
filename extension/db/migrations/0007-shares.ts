/**
 * Whether the user was asked for a call's permission, and when they answered; and how many bytes of text the model
 * wrote for a step, and was told of its outcome.
 */
export const shares = `
alter table step add column asked integer;
alter table step add column decided_at integer;
alter table step add column said_size integer;
alter table step add column told_size integer;`;
