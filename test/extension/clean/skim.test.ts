import { expect, test } from "vitest";
import { countLineEnds, shorten, skim } from "../../../extension/clean/skim.ts";
import { chance } from "../chance.ts";

test.each<[string, object | undefined]>([
  ['{"type":"user","message":{}}', { type: "user" }],
  ['{"parentUuid":null,"isSidechain":false,"n":1.5e3,"type":"user"}', { type: "user" }],
  ['{"cwd":"C:\\\\dev, \\"x\\"","type":"user"}', { type: "user" }],
  ['{"type":"user"}\r', { type: "user" }],
  ['{"type":"user"} \t', { type: "user" }],
  // What is long comes before it: the line has to be parsed.
  ['{"message":{"type":"message"},"type":"assistant"}', {}],
  ['{"list":["type"],"type":"assistant"}', {}],
  ['{"a":"type"}', {}],
  // Nobody writes these, but who knows.
  ['{ "type":"user"}', {}],
  ['{"type": "user"}', {}],
  ['{"type":"us\\u0065r"}', {}],
  ['{"type":5}', {}],
  ["{}", {}],
  ["", undefined],
  ["{", undefined],
  ['{"type":"user"', undefined],
  ["[]", undefined],
  ["text", undefined],
])("%j", (line, skimmed) => expect(skim(Buffer.from(line))).toEqual(skimmed));

test.each([
  [
    "what a background task came to",
    '{"attachment":{"type":"queued_command","prompt":"x"},"type":"attachment"}',
    true,
  ],
  ["anything else", '{"attachment":{"type":"todo","queued_command":1},"type":"attachment"}', false],
])("of attachments it is told which have %s", (_, line, tells) => {
  expect(skim(Buffer.from(line))).toEqual({ type: "attachment", tells });
});

type Chance = ReturnType<typeof chance>;

const PIECES = [
  ...[
    "a",
    "some words ",
    "\n",
    "\r\n",
    "\t",
    '"',
    "\\",
    "\\n",
    "\\\\",
    "/",
    "é",
    "€",
    "😀",
    "\u0000",
    "\u2028",
  ],
  ...['{"type":"x"}', "]},{["],
];

function text(random: Chance, most: number): string {
  let said = "";
  const length = random.below(most);
  while (said.length < length) said += random.pick(PIECES).repeat(1 + random.below(9));
  return said;
}

/** JSON with the keys of transcripts, short and very long texts, at any depth. */
function value(random: Chance, depth: number): unknown {
  const kind = random.next();
  if (depth > 0 && kind < 0.25) return Array.from({ length: 3 }, () => value(random, depth - 1));
  if (depth > 0 && kind < 0.5) return object(random, depth - 1);
  if (kind < 0.6) return random.pick([null, true, 0, -1.5e-7, 12]);
  return text(random, random.pick([20, 500, 2000, 30_000]));
}

function object(random: Chance, depth: number): Record<string, unknown> {
  const names = ["uuid", "cwd", "content", "stdout", 'a "name"', "é"];
  return Object.fromEntries(
    names.filter(() => random.next() < 0.5).map(name => [name, value(random, depth)]),
  );
}

/** Any way to write the same JSON: the client writes what it must as escapes, others may write more so. */
function written(random: Chance, line: object): string {
  const json = JSON.stringify(line);
  if (random.next() < 0.5) return json;
  return json.replace(/[é€😀]/gu, char => (random.next() < 0.5 ? char : escaped(char)));
}

function escaped(char: string): string {
  return char.replace(/[\s\S]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const seeds = Array.from({ length: 200 }, (_, i) => i + 1);

test("a shortened line is JSON of the same shape: short texts are as they were, long ones keep their ends", () => {
  for (const seed of seeds) {
    const random = chance(seed);
    const line = { type: "user", ...object(random, 3) };
    const bytes = Buffer.from(written(random, line));
    const short = shorten(bytes);
    expectSameShape(line, JSON.parse(short), bytes);
    expect(Buffer.byteLength(short)).toBeLessThanOrEqual(bytes.length + 100);
  }
});

function expectSameShape(whole: unknown, short: unknown, bytes: Buffer): void {
  if (typeof whole === "string" && whole !== short) {
    const cut = String(short);
    const [head = "", tail = ""] = cut.split(/\0\d+-\d+\0/);
    // Each of its characters may be an escape of six bytes.
    expect(whole.length).toBeGreaterThan(2048 / 6);
    expect(head.length).toBeGreaterThan(768 / 6);
    expect(whole.startsWith(head) && whole.endsWith(tail)).toBe(true);
    expect(countLineEnds(cut, bytes)).toBe(whole.split("\n").length - 1);
  } else if (typeof whole === "object" && whole !== null) {
    expect(Object.keys(short as object)).toEqual(Object.keys(whole));
    for (const [name, value] of Object.entries(whole))
      expectSameShape(value, (short as Record<string, unknown>)[name], bytes);
  } else expect(short).toBe(whole);
}

test("a long text becomes short, and has its beginning and its end", () => {
  const content = `first words, ${"plain words, ".repeat(100_000)}last words`;
  const short = shorten(Buffer.from(JSON.stringify({ content })));
  expect(short.length).toBeLessThan(4096);
  expect(JSON.parse(short).content).toMatch(/^first words, .* last words$/);
});

test("line ends are counted in a text that was not cut too", () => {
  expect(countLineEnds("a\nb\r\n\n", Buffer.from(""))).toBe(3);
});

test("the type of a line is the one that JSON says, wherever it can be seen without parsing", () => {
  let seen = 0;
  for (const seed of seeds) {
    const random = chance(seed);
    const plain = { parentUuid: null, sessionId: text(random, 40), n: random.next(), yes: true };
    const line = {
      ...plain,
      ...(random.next() < 0.3 && object(random, 1)),
      type: random.pick(["user", "system"]),
      ...object(random, 1),
    };
    const bytes = Buffer.from(written(random, line));
    const skimmed = skim(bytes);
    expect(skimmed).toBeDefined();
    if (skimmed?.type === undefined) continue;
    seen++;
    expect(skimmed.type).toBe(JSON.parse(bytes.toString()).type);
  }
  expect(seen).toBeGreaterThan(100);
});
