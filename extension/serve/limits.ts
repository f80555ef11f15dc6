/** How much one may ask of the server. */
export interface Limits {
  /** The most bytes of a body. */
  bytes: number;
  /** Requests of a token, and of those without one. */
  rate: { perSecond: number; burst: number };
  /** Until when the headers, and all of a request, must have come; an answer may take its time. */
  headersMs: number;
  requestMs: number;
  /** How often it is looked who is too slow. */
  checkMs: number;
  connections: number;
}

/** Far more than windows ask, or than telemetry sends in a burst; still little for the recorder. */
export const LIMITS: Limits = {
  bytes: 8 * 1024 * 1024,
  rate: { perSecond: 5000, burst: 20_000 },
  headersMs: 10_000,
  requestMs: 30_000,
  checkMs: 2000,
  connections: 512,
};
