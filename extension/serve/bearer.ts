import { timingSafeEqual } from "node:crypto";

/** Tells whether an authorization header holds the token, in a time that tells nothing of how much of it fits. */
export function bearer(token: string): (authorization: string | undefined) => boolean {
  const expected = Buffer.from(`Bearer ${token}`);
  return authorization => {
    const given = Buffer.from(authorization ?? "");
    return given.length === expected.length && timingSafeEqual(given, expected);
  };
}
