// They turn the direction of what follows, so that code reads as what it is not.
const TURNS = /[\u202A-\u202E\u2066-\u2069\u200E\u200F]/g;

/** A text in which nothing is hidden: what turns the direction of writing shows its name instead. */
export function harmless(text: string): string {
  return text.replace(TURNS, turn => `[U+${turn.charCodeAt(0).toString(16).toUpperCase()}]`);
}
