import type { Chance } from "./chance.ts";

const COUNT = 20_000;
const [CONSONANTS, VOWELS] = ["bcdfghklmnprstvw", "aeiou"];
const SYLLABLES = CONSONANTS.length * VOWELS.length;
// Shares no factor with the number of words of three syllables, so that no two words are the same.
const SHUFFLE = 7919;

/** The word at a place in the order from the most to the least used one. */
export function word(place: number): string {
  let rest = (place * SHUFFLE) % SYLLABLES ** 3;
  let text = "";
  do {
    text += (CONSONANTS[rest % CONSONANTS.length] ?? "") + (VOWELS[rest % VOWELS.length] ?? "");
    rest = Math.floor(rest / SYLLABLES);
  } while (rest > 0);
  return text;
}

/** In natural texts the nth word is used a nth as often as the first. */
export function textOf(chance: Chance, length: number): string {
  let text = "";
  while (text.length < length) text += `${word(chance.skewed(1, COUNT))} `;
  return text;
}
