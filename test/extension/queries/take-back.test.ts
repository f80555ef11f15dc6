import { expect, test } from "vitest";
import { linesOf } from "../../../extension/clean/patch.ts";
import { type Stage, takeBack, takeBackHunk } from "../../../extension/queries/take-back.ts";
import { chance } from "../chance.ts";

/** What a step does, said by the lines it needs; it can only be done where these are. */
interface Deed {
  step: string;
  /** After which line, and which lines it replaces. */
  after: string;
  removes: string[];
  adds: string[];
}

function done(lines: string[], { after, removes, adds }: Deed): string[] | undefined {
  const at = after === "" ? 0 : lines.indexOf(after) + 1;
  if (at === 0 && after !== "") return undefined;
  if (removes.some((line, i) => lines[at + i] !== line)) return undefined;
  return lines.toSpliced(at, removes.length, ...adds);
}

const sum = { same: 0, conflicts: 0, unlike: 0 };

test.each(Array.from({ length: 300 }, (_, i) => i + 1))(
  "taking any steps back leaves what the others alone would have made, or says that it can't: seed %d",
  seed => {
    const random = chance(seed);
    let serial = 0;
    const line = () => (random.below(4) === 0 ? "}\n" : `line ${serial++}\n`);
    const start = Array.from({ length: 12 }, line);
    let lines = start;
    const deeds: Deed[] = [];
    const stages: Stage[] = [];
    for (let i = 0; i < 6; i++) {
      const named = lines.filter(text => text !== "}\n");
      const after = random.below(8) === 0 ? "" : random.pick(named);
      const at = after === "" ? 0 : lines.indexOf(after) + 1;
      const removes = lines.slice(at, at + random.below(4));
      const adds = Array.from({ length: random.below(4) }, line);
      const deed = { step: `s${i}`, after, removes, adds };
      const next = done(lines, deed) ?? lines;
      // Some are a person's, whom nobody tells of.
      const isPerson = random.below(4) === 0;
      if (!isPerson) stages.push({ step: deed.step, before: lines, after: next });
      deeds.push(isPerson ? { ...deed, step: "" } : deed);
      lines = next;
    }
    const steps = new Set(stages.map(stage => stage.step).filter(() => random.below(2) === 0));
    const taken = takeBack(stages, steps, lines.join(""));
    if (taken.conflicts.length > 0) {
      sum.conflicts++;
      return;
    }
    let others: string[] | undefined = start;
    for (const deed of deeds) if (!steps.has(deed.step)) others = others && done(others, deed);
    if (others === undefined) sum.unlike++;
    else {
      sum.same++;
      expect(taken.text).toBe(others.join(""));
    }
  },
);

test("most of it can be taken back", () => {
  process.stdout.write(`${JSON.stringify(sum)}\n`);
  expect(sum.same).toBeGreaterThan(120);
});

const ABC = "a\nb\nc\nd\n";

test.each<[string, Stage[], string[], string, string, number]>([
  ["as it was left", [stage("1", ABC, "a\nB\nc\nd\n")], ["1"], "a\nB\nc\nd\n", ABC, 0],
  ["more came later", [stage("1", ABC, "a\nB\nc\nd\n")], ["1"], "x\na\nB\nc\nd!\n", "x\na\nb\nc\nd!\n", 0],
  ["somebody changed it", [stage("1", ABC, "a\nB\nc\nd\n")], ["1"], "a\nB!\nc\nd\n", "a\nB!\nc\nd\n", 1],
  ["what was deleted comes back", [stage("1", ABC, "a\nd\n")], ["1"], "0\na\nd\n", `0\n${ABC}`, 0],
  ["but not where others write", [stage("1", ABC, "a\nd\n")], ["1"], "a\nx\nd\n", "a\nx\nd\n", 1],
  ["one of two steps", two(), ["1"], "a\nB\nC\nd\n", "a\nb\nC\nd\n", 0],
  ["both", two(), ["1", "2"], "a\nB\nC\nd\n", ABC, 0],
  ["a step that another went on from", onward(), ["1"], "a\nB2\nc\nd\n", "a\nB2\nc\nd\n", 1],
  ["both of these", onward(), ["1", "2"], "a\nB2\nc\nd\n", ABC, 0],
  ["a new file", [stage("1", "", ABC)], ["1"], ABC, "", 0],
  ["a deleted one", [stage("1", ABC, "")], ["1"], "", ABC, 0],
  ["no end of the last line", [stage("1", "x\ny", "x\ny\nz")], ["1"], "x\ny\nz", "x\ny", 0],
])("%s", (_, stages, steps, text, left, conflicts) => {
  const taken = takeBack(stages, new Set(steps), text);
  expect([taken.text, taken.conflicts.length]).toEqual([left, conflicts]);
});

test.each([
  ["stands once", "1\nnew\n2\n", "1\nold\n2\n", 0],
  ["stands twice", "new\nnew\n", "new\nnew\n", 1],
  ["is not there", "1\n", "1\n", 1],
])("a hunk alone that %s", (_, text, left, conflicts) => {
  const taken = { text, done: 0, conflicts: [] };
  takeBackHunk(taken, "1", { before: ["old\n"], after: ["new\n"] });
  expect([taken.text, taken.conflicts.length]).toEqual([left, conflicts]);
});

function stage(step: string, before: string, after: string): Stage {
  return { step, before: linesOf(before), after: linesOf(after) };
}

function two(): Stage[] {
  return [stage("1", ABC, "a\nB\nc\nd\n"), stage("2", "a\nB\nc\nd\n", "a\nB\nC\nd\n")];
}

function onward(): Stage[] {
  return [stage("1", ABC, "a\nB\nc\nd\n"), stage("2", "a\nB\nc\nd\n", "a\nB2\nc\nd\n")];
}
