import { findNodeAtLocation, type JSONPath, type Node, type ParseError, parseTree } from "jsonc-parser";
import { ExpectedError } from "../base/expected-error.ts";

/** The tree of a text of JSON with comments; undefined when there is nothing but these. */
export function treeOf(text: string): Node | undefined {
  const errors: ParseError[] = [];
  const start = text.startsWith("\ufeff") ? " " : ""; // a byte order mark; the offsets stay
  const options = { allowTrailingComma: true, allowEmptyContent: true };
  const tree = parseTree(start + text.slice(start.length), errors, options);
  const [error] = errors;
  if (!error) return tree;
  const line = text.slice(0, error.offset).split("\n").length;
  throw new ExpectedError(`It is not JSON: line ${line} cannot be understood.`);
}

/**
 * Adds an item, such as `"name": 1`, at the end of an object or an array. In `item`, \n and \t stand for the text's
 * own line ends and indents. What `remove` later leaves is the text as it was, to the byte: items on lines of their
 * own come off with their line, and a space after the opening bracket says that it was empty before.
 */
export function append(text: string, path: JSONPath, item: string, onLines = false): string {
  const box = nodeAt(text, path);
  const last = box.children?.at(-1);
  const { eol, unit } = layoutOf(text);
  const flat = item.replace(/\n\t*/g, "");
  if (!last) {
    const lines = `${eol}${unit}${spread(item, unit, eol, unit)}${eol}`;
    return splice(text, box.offset + 1, box.offset + 1, onLines ? lines : ` ${flat} `);
  }
  const close = endOf(box) - 1;
  const at = bare(text, close);
  const [, outer] = /[\r\n]([ \t]*)$/.exec(text.slice(at, close)) ?? [];
  const indent = `${outer}${unit}`;
  const added = outer === undefined ? ` ${flat}` : `${eol}${indent}${spread(item, indent, eol, unit)}`;
  if (commaAfter(text, endOf(last)) !== undefined) return splice(text, at, at, `${added},`);
  return splice(splice(text, at, at, added), endOf(last), endOf(last), ",");
}

/** Takes an item out again, with the object or array around it if it was all that this held and not empty before. */
export function remove(text: string, path: JSONPath): string {
  const value = nodeAt(text, path);
  const item = value.parent?.type === "property" ? value.parent : value;
  const box = item.parent;
  if (!box) return text;
  const inside = text.slice(box.offset + 1, item.offset) + text.slice(endOf(item), endOf(box) - 1);
  const alone = box.children?.length === 1 && /^[ \t\r\n,]*$/.test(inside);
  if (alone && path.length > 1 && !wasEmpty(text, box)) return remove(text, path.slice(0, -1));
  return cut(text, box, item);
}

/** Whether an item was added to the object or array when it was empty. */
export function wasEmpty(text: string, box: Node): boolean {
  return text.slice(box.offset + 1, box.children?.[0]?.offset) === " ";
}

export function endOf(node: Node): number {
  return node.offset + node.length;
}

function cut(text: string, box: Node, item: Node): string {
  const items = box.children ?? [];
  const from = bare(text, item.offset);
  const comma = commaAfter(text, endOf(item));
  const end = comma === undefined ? endOf(item) : comma + 1;
  const former = items[items.indexOf(item) - 1];
  if (items.length === 1) {
    const { eol } = layoutOf(text);
    const gap = wasEmpty(text, box) ? " " : eol;
    return splice(text, from, text.startsWith(gap, end) ? end + gap.length : end, "");
  }
  // The next one takes the place of the first, so that it does not look as if it had been added to nothing.
  if (!former)
    return splice(text, item.offset, end + (/^[ \t\r\n]*/.exec(text.slice(end))?.[0].length ?? 0), "");
  const between = commaAfter(text, endOf(former));
  const rest = splice(text, from, end, "");
  return comma === undefined && between !== undefined ? splice(rest, between, between + 1, "") : rest;
}

function nodeAt(text: string, path: JSONPath): Node {
  const root = treeOf(text);
  const node = root && findNodeAtLocation(root, path);
  if (!node) throw new Error(`There is nothing at ${path.join(".")}.`);
  return node;
}

function splice(text: string, from: number, to: number, by: string): string {
  return text.slice(0, from) + by + text.slice(to);
}

function spread(item: string, indent: string, eol: string, unit: string): string {
  return item.replace(/\n(\t*)/g, (_, tabs: string) => eol + indent + unit.repeat(tabs.length));
}

/** Where the whitespace before `end` begins. */
function bare(text: string, end: number): number {
  let at = end;
  while (at > 0 && " \t\r\n".includes(text.charAt(at - 1))) at--;
  return at;
}

function commaAfter(text: string, at: number): number | undefined {
  const trivia = /(?:[ \t\r\n]|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/)*/y;
  trivia.lastIndex = at;
  trivia.test(text);
  return text.charAt(trivia.lastIndex) === "," ? trivia.lastIndex : undefined;
}

function layoutOf(text: string): { eol: string; unit: string } {
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const unit = /^\{[ \t]*\r?\n([ \t]+)"/m.exec(text)?.[1] ?? "  ";
  return { eol, unit };
}
