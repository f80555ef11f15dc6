/** The last noon in a made-up store, and how many days it goes back. */
export const END = Date.parse("2026-11-20T12:00:00Z");
export const DAYS = 400;

/** A year before the end, as rows name days. */
export const YEAR_AGO = 20251120;
