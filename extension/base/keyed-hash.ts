import { createHmac } from "node:crypto";

/** So many are kept at hand; sessions come back to the same files. */
const MOST = 10_000;

/** Names things by a hash that nobody can make, or guess at, without the key. */
export function keyedHash(key: string): (text: string) => string {
  const known = new Map<string, string>();
  return text => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const hash = createHmac("sha256", key).update(text).digest("base64url").slice(0, 22);
    if (known.size >= MOST) known.clear();
    known.set(text, hash);
    return hash;
  };
}
