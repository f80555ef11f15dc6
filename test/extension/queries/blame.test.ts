import { expect, test } from "vitest";
import { linesOf } from "../../../extension/clean/patch.ts";
import { Written } from "../../../extension/queries/blame.ts";
import { chance } from "../chance.ts";

/** A line, and who wrote it: a step by its number, or a person (-1). */
interface Line {
  text: string;
  by: number;
}

const WORDS = "alpha beta gamma delta total count price order basket invoice customer retry".split(" ");

/** A program that is edited by agents and people, and knows of each of its lines who typed it. */
function writing(seed: number) {
  const random = chance(seed);
  let serial = 0;
  const line = (by: number, indent = "  "): Line => {
    const [a, b] = [random.pick(WORDS), random.pick(WORDS)];
    const kind = random.below(10);
    if (kind === 0) return { text: "", by };
    if (kind === 1) return { text: `${indent}}`, by };
    if (kind === 2) return { text: `${indent}return null;`, by };
    return { text: `${indent}const ${a}${serial++} = ${b}(${random.below(99)}, ${a});`, by };
  };
  const block = (by: number) => [
    { text: `function ${random.pick(WORDS)}${serial++}() {`, by },
    ...Array.from({ length: 2 + random.below(6) }, () => line(by)),
    { text: "}", by },
    { text: "", by },
  ];
  let lines: Line[] = Array.from({ length: 4 }, () => block(-1)).flat();
  const insert = (by: number) => lines.splice(random.below(lines.length + 1), 0, ...block(by));
  const append = (by: number) => void lines.push(...block(by));
  const replace = (by: number) => {
    const at = random.below(lines.length);
    lines.splice(at, 1 + random.below(4), ...Array.from({ length: 1 + random.below(4) }, () => line(by)));
  };
  const one = (by: number) => lines.splice(random.below(lines.length + 1), 0, line(by));
  const remove = () => lines.splice(random.below(lines.length), 1 + random.below(3));
  const indent = () => {
    const [from, wide] = [random.below(lines.length), random.below(12)];
    lines = lines.map((each, i) =>
      i >= from && i < from + wide && each.text !== "" ? { ...each, text: `  ${each.text}` } : each,
    );
  };
  const move = () => {
    const cut = lines.splice(random.below(lines.length), 1 + random.below(5));
    lines.splice(random.below(lines.length + 1), 0, ...cut);
  };
  return {
    random,
    text: () => lines.map(({ text }) => `${text}\n`).join(""),
    lines: () => lines,
    back: (to: Line[]) => {
      lines = to;
    },
    agent: (by: number) => random.pick([insert, replace, replace, one, append])(by),
    person: () => random.pick([() => insert(-1), () => replace(-1), () => one(-1), remove])(),
    other: () => random.pick([indent, move])(),
  };
}

const sum = { named: 0, right: 0, typed: 0, survived: 0, found: 0 };

test.each(Array.from({ length: 200 }, (_, i) => i + 1))("the step of a line, seed %d", seed => {
  const file = writing(seed);
  const written = new Written(linesOf(file.text()));
  for (let step = 0; step < 30; step++) {
    for (let times = file.random.below(3); times > 0; times--) {
      const before = file.lines().slice();
      if (file.random.below(4) === 0) file.other();
      else file.person();
      if (file.random.below(6) === 0) file.back(before); // undone
    }
    written.next(linesOf(file.text()), -1);
    file.agent(step);
    written.next(linesOf(file.text()), step);
  }
  file.person();
  written.next(linesOf(file.text()), -1);
  expect(written.owners.length).toBe(file.lines().length);
  for (const [i, { by, text }] of file.lines().entries()) {
    const named = written.owners[i] ?? -1;
    if (by >= 0 && /\w/.test(text)) sum.survived++;
    if (by >= 0 && /\w/.test(text) && named === by) sum.found++;
    if (named < 0) continue;
    sum.named++;
    if (named === by) sum.right++;
    else if (by < 0) sum.typed++;
  }
});

test("never names a step for what a person typed, and the right one for nearly all others", () => {
  process.stdout.write(`${JSON.stringify(sum)}\n`);
  expect(sum.typed).toBe(0);
  expect(sum.right / sum.named).toBeGreaterThan(0.995);
  expect(sum.found / sum.survived).toBeGreaterThan(0.85);
});
