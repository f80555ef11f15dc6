import { ExpectedError } from "../base/expected-error.ts";

/** What was typed makes no sense, and nothing was done. */
export class Misuse extends ExpectedError {}

/** One of a few words that can be typed, or else which they are. */
export function oneOf<Word extends string>(words: readonly Word[], given: string, option: string): Word {
  const word = words.find(word => word === given);
  if (word === undefined) throw new Misuse(`${option} wants ${listed(words)}, not ${given}.`);
  return word;
}

function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

/** How many of something. */
export function whole(given: string, option: string): number {
  const number = Number(given);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new Misuse(`${option} wants a whole number above 0, not ${given}.`);
}

/** A number above 0. */
export function positive(given: string, option: string): number {
  const number = Number(given);
  if (given.trim() !== "" && Number.isFinite(number) && number > 0) return number;
  throw new Misuse(`${option} wants a number above 0, not ${given}.`);
}
