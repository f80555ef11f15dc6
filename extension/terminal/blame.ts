import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { ExpectedError, fileReason } from "../base/expected-error.ts";
import { brief, money } from "../base/format.ts";
import { otherAuthor } from "../base/other-author.ts";
import type { Blame, BlamedStep, OtherSpan } from "../questions.ts";
import { stamp } from "./head.ts";
import { asJson } from "./json.ts";
import { Misuse } from "./misuse.ts";
import type { Paint } from "./paint.ts";
import { reading } from "./progress.ts";
import type { Verb } from "./verb.ts";
import { SHORT } from "./which.ts";
import { cut, padded, shown, shownCode } from "./width.ts";

export const blame: Verb = {
  takes: "FILE[:LINE]",
  does: "which prompt of which session wrote the lines of a file, through all that was changed since",
  examples: ["agent-trace blame src/cart.ts", "agent-trace blame src/cart.ts:42"],
  paged: true,
  async run(terminal, [given]) {
    const { owner, json, print, width, paint } = terminal;
    if (given === undefined) throw new Misuse("blame wants a file: agent-trace blame src/cart.ts:42");
    const { path, text, line } = await fileOf(given);
    await reading(terminal);
    const blame = await owner.blame({ path, text });
    const lines = text.replace(/\n$/, "").split("\n");
    const authors = authorsOf(blame, lines.length);
    if (line !== undefined && line > lines.length)
      throw new ExpectedError(`${given} has only ${lines.length} lines.`);
    if (json) return print(asJson(line === undefined ? blame : ofLine(line, authors[line - 1])));
    const wanted = line === undefined ? lines.map((_, i) => i) : [line - 1];
    for (const i of wanted) print(lineOf(lines[i] ?? "", i, authors[i], width, paint));
    if (line === undefined) return;
    const author = authors[line - 1];
    print(author ? whole(author, width, paint) : "Nobody that Agent Trace knows of wrote this line.");
  },
};

/** A file, and a line of it: a colon can also be part of a name. */
async function fileOf(given: string): Promise<{ path: string; text: string; line?: number }> {
  const [, name = "", line] = /^(.+):(\d+)$/.exec(given) ?? [];
  try {
    const path = resolve(given);
    return { path, text: await readFile(path, "utf8") };
  } catch (error) {
    if (line === undefined) throw new ExpectedError(`${given} can't be read: ${fileReason(error)}.`);
  }
  if (Number(line) === 0) throw new Misuse("Lines begin with 1.");
  return { ...(await fileOf(name)), line: Number(line) };
}

type Author = BlamedStep | OtherSpan;

function authorsOf({ spans, steps, others }: Blame, lines: number): (Author | undefined)[] {
  const authors = new Array<Author | undefined>(lines).fill(undefined);
  for (const { start, count, step } of spans) authors.fill(steps[step], start, start + count);
  for (const other of others) authors.fill(other, other.start, other.start + other.count);
  return authors;
}

function ofLine(line: number, author: Author | undefined) {
  const other = author && "by" in author ? { by: author.by, sure: author.sure } : null;
  return { line, step: other ? null : (author ?? null), other };
}

const PROMPT = 28;

function lineOf(text: string, i: number, by: Author | undefined, width: number, paint: Paint): string {
  const who = by ? inShort(by) : "";
  const start = padded(who, SHORT + 2 + PROMPT);
  const number = padded(String(i + 1), 5, "right");
  const room = width - start.length - 9;
  return `${paint("dim", start)} ${paint("dim", `${number} │`)} ${cut(shownCode(text), Math.max(20, room))}`.trimEnd();
}

function inShort(by: Author): string {
  if ("by" in by) return padded(shown(otherAuthor(by)), SHORT + 2 + PROMPT);
  return `${by.sessionId.slice(0, SHORT)}  ${padded(shown(by.prompt || by.title), PROMPT)}`;
}

function whole(author: Author, width: number, paint: Paint): string {
  if ("by" in author) return wholeOther(author, width, paint);
  const { title, prompt, at, model, costUsd, sessionId, stepId } = author;
  return [
    "",
    paint("bold", cut(shown(prompt || title), width)),
    paint("dim", cut(brief(shown(title), stamp(at), model, money(costUsd)), width)),
    paint("dim", `agent-trace diff ${sessionId.slice(0, SHORT)}:${stepId}`),
  ].join("\n");
}

function wholeOther({ by, ...other }: OtherSpan, width: number, paint: Paint): string {
  const source = other.sure
    ? "as it was noted down with the commit"
    : "whose record does not tell the lines for certain";
  return [
    "",
    paint("bold", cut(shown(otherAuthor({ by, sure: true })), width)),
    paint("dim", cut(brief(by.at !== null && stamp(by.at), source), width)),
    ...(by.url === null ? [] : [paint("dim", shown(by.url))]),
  ].join("\n");
}
