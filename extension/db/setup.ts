/**
 * How a store is opened. Exclusive must come first: it lets SQLite keep the index of the log in memory instead of in
 * a shared file.
 */
export const SETUP = `
  pragma locking_mode = exclusive;
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma temp_store = memory;
  pragma cache_size = -16384;
  pragma secure_delete = on;
  pragma journal_size_limit = 16777216;
  pragma wal_autocheckpoint = 0;`;
