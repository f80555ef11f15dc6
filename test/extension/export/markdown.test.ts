import { Marked, type Token } from "marked";
import { expect, test } from "vitest";
import { markdown } from "../../../extension/export/markdown.ts";
import { HOSTILE, saying } from "./sample.ts";

/** All there is in a document. */
function all(tokens: Token[]): Token[] {
  return tokens.flatMap(token => {
    const inside = "items" in token ? token.items : "tokens" in token ? token.tokens : [];
    return [token, ...all((inside ?? []) as Token[])];
  });
}

const typesOf = (words: string) =>
  all(new Marked({ gfm: true }).lexer(markdown.of(saying(words)))).map(
    ({ type, depth }: Token & { depth?: number }) => (depth === undefined ? type : `${type} ${depth}`),
  );

test.each(HOSTILE)("%j makes the same document as harmless words", words => {
  const kept = new Set(["escape", "text", "space"]);
  const parts = (words: string) => typesOf(words).filter(type => !kept.has(type));
  expect(parts(words)).toEqual(parts("harmless words"));
});
