import { common, createLowlight } from "lowlight";
import type { Span } from "./diff-lines.ts";

/** A piece of a line of code, and what it is to its language. */
export interface Token {
  text: string;
  of: string | undefined;
}

type Tree = ReturnType<typeof lowlight.highlight>["children"][number];

const lowlight = createLowlight(common);

// Ends of file names by which the grammars do not go themselves.
lowlight.registerAlias({
  typescript: ["mts", "cts"],
  json: ["jsonc", "json5", "jsonl", "ipynb"],
  xml: ["vue", "svelte"],
});

/** The name of a grammar, if there is one for a language of this name. */
export function grammarOf(name: string): string | undefined {
  return lowlight.registered(name) ? name.toLowerCase() : undefined;
}

/** The grammar of a file, by the end of its name. */
export function grammarOfFile(path: string): string | undefined {
  return grammarOf(/[^./\\]+$/.exec(path)?.[0] ?? "");
}

/** Longer texts stay plain: colours must never make anybody wait. */
const LONGEST = 60_000;
/** So much of what was coloured is kept, in characters, for rows that scroll out and in again. */
const KEPT = 1_000_000;
const kept = new Map<string, Token[][]>();
let size = 0;

/** Code as lines of tokens, if it was coloured before. */
export function known(code: string, grammar: string | undefined): Token[][] | undefined {
  return kept.get(`${grammar}\n${code}`);
}

/** Code as lines of tokens. */
export function highlight(code: string, grammar: string | undefined): Token[][] {
  const key = `${grammar}\n${code}`;
  const found = kept.get(key);
  if (found) return found;
  const lines = grammar && code.length <= LONGEST ? tokens(code, grammar) : plain(code);
  kept.set(key, lines);
  size += key.length;
  for (const old of kept.keys()) {
    if (size <= KEPT || old === key) break;
    kept.delete(old);
    size -= old.length;
  }
  return lines;
}

/** Code as lines that have one token each. */
export function plain(code: string): Token[][] {
  return code.split("\n").map(text => [{ text, of: undefined }]);
}

function tokens(code: string, grammar: string): Token[][] {
  const lines: Token[][] = [[]];
  const walk = (node: Tree, of: string | undefined) => {
    if (node.type === "text")
      for (const [i, text] of node.value.split("\n").entries()) {
        if (i > 0) lines.push([]);
        if (text) lines.at(-1)?.push({ text, of });
      }
    else if (node.type === "element") {
      const names = node.properties.className;
      const own = Array.isArray(names) ? String(names[0]).replace("hljs-", "") : of;
      for (const child of node.children) walk(child as Tree, own);
    }
  };
  for (const node of lowlight.highlight(grammar, code).children) walk(node, undefined);
  return lines;
}

/** The tokens of a line, cut where its marks begin and end. */
export function marked(tokens: Token[], marks: Span[]): (Token & { marked: boolean })[] {
  const cuts = marks.flat();
  let at = 0;
  return tokens.flatMap(({ text, of }) => {
    const [start, end] = [at, at + text.length];
    at = end;
    const edges = [start, ...cuts.filter(cut => cut > start && cut < end), end];
    return edges.slice(1).map((edge, i) => {
      const from = edges[i] ?? start;
      const marked = marks.some(([first, last]) => first <= from && from < last);
      return { text: text.slice(from - start, edge - start), of, marked };
    });
  });
}
