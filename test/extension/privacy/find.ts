/** A text as the bytes of a file are read here: a letter for each byte. */
export const latin1 = (text: string) => Buffer.from(text).toString("latin1");

/** So much of a text in one piece is that text; less may be chance. */
const [LONG, SHORT] = [16, 8];

/** Pieces of which any stretch of a text of twice their length has one whole, as they stand in JSON and elsewhere. */
export function piecesOf(text: string): string[] {
  return text.split(/["\\\p{Cc}]+/u).flatMap(part => {
    const bytes = latin1(part.trim());
    if (bytes.length <= 2 * LONG) return bytes.length < SHORT ? [] : [bytes];
    return Array.from({ length: Math.floor(bytes.length / LONG) }, (_, i) =>
      bytes.slice(i * LONG, (i + 1) * LONG),
    );
  });
}

/** Those of the pieces that stand in some bytes, read as Latin 1. */
export function found(bytes: string, pieces: Iterable<string>): Set<string> {
  const byStart = new Map<string, string[]>();
  for (const piece of new Set(pieces)) {
    const start = piece.slice(0, SHORT);
    byStart.set(start, [...(byStart.get(start) ?? []), piece]);
  }
  const there = new Set<string>();
  for (let at = 0; at + SHORT <= bytes.length; at++)
    for (const piece of byStart.get(bytes.substring(at, at + SHORT)) ?? [])
      if (bytes.startsWith(piece, at)) there.add(piece);
  return there;
}
