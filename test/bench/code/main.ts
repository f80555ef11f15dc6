/**
 * How long it takes to say who wrote each line of a large file, and to show one step's diff, beside `git blame` of
 * the same file with the same history. The owner's own classes are asked, in one thread as in the recorder.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { main, step } from "../../../.scripts/step.mjs";
import { linesOf } from "../../../extension/clean/patch.ts";
import { Authors } from "../../../extension/queries/authors.ts";
import { changes } from "../../../extension/queries/changes.ts";
import { Stories } from "../../../extension/queries/story.ts";
import { chance } from "../../extension/chance.ts";
import { hash, MAIN, recorded } from "../../extension/queries/recorded.ts";
import { resultLine, SESSION, toolLine, userLine } from "../../lines.ts";
import { scratch } from "../../scratch.ts";

const LINES = 5000;
const EDITS = 300;
const FILE = "/home/sam/dev/shop/large.ts";

interface Made {
  texts: string[];
  transcript: string;
}

/** A file that grew by so many edits, each of some lines. */
function makeUp(): Made {
  const random = chance(20261121);
  let lines = Array.from({ length: LINES }, (_, i) => `  const value${i} = compute(${random.below(1e6)});\n`);
  const texts = [lines.join("")];
  let transcript = userLine("Improve it.");
  for (let edit = 0; edit < EDITS; edit++) {
    const at = 3 + random.below(lines.length - 20);
    const [removed, added] = [lines.slice(at, at + 1 + random.below(5)), 1 + random.below(5)];
    const fresh = Array.from(
      { length: added },
      (_, i) => `  const edit${edit}_${i} = improve(${random.below(1e6)});\n`,
    );
    const around = (from: number) => lines.slice(from, from + 3).map(line => ` ${line.trimEnd()}`);
    const patch = [
      ...around(at - 3),
      ...removed.map(line => `-${line.trimEnd()}`),
      ...fresh.map(line => `+${line.trimEnd()}`),
      ...around(at + removed.length),
    ];
    const [before, from, to] = [lines.join(""), removed.join(""), fresh.join("")];
    lines = lines.toSpliced(at, removed.length, ...fresh);
    texts.push(lines.join(""));
    const toolUseResult = { filePath: FILE, oldString: from, newString: to, originalFile: before };
    transcript +=
      toolLine(`t${edit}`, "Edit", { file_path: FILE, old_string: from, new_string: to }) +
      resultLine(`t${edit}`, false, {
        toolUseResult: {
          ...toolUseResult,
          structuredPatch: [{ oldStart: at - 2, newStart: at - 2, lines: patch }],
        },
      });
  }
  return { texts, transcript };
}

/** `git blame` of the last text, in a repository with a commit for each. */
async function gitBlame(texts: string[]): Promise<number> {
  await using folder = await scratch();
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], {
      ...{ cwd: folder.path, maxBuffer: 1e9 },
    });
  git("init", "-q");
  for (const text of texts) {
    writeFileSync(join(folder.path, "large.ts"), text);
    git("add", "large.ts");
    git("commit", "-qm", "edit");
  }
  return best(5, () => git("blame", "--porcelain", "large.ts"));
}

function best(times: number, work: () => unknown): number {
  const took = Array.from({ length: times }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...took);
}

void main(async () => {
  const { texts, transcript } = makeUp();
  const git = await step("Measuring git blame", () => gitBlame(texts));
  await using store = await recorded({ [MAIN]: transcript });
  const stories = new Stories(store.db, [store.path], hash);
  const text = `// new\n${texts.at(-1)}`;
  const of = { stories, sessions: store.sessions };
  const authors = new Authors(store.db, stories, store.sessions);
  const cold = best(1, () => authors.of({ path: FILE, text }));
  const again = best(5, () => new Authors(store.db, stories, store.sessions).of({ path: FILE, text }));
  const warm = best(9, () => authors.of({ path: FILE, text }));
  const diff = best(5, () => changes(store.db, of, SESSION, { step: `t${EDITS / 2}` }));
  const named = authors.of({ path: FILE, text }).spans.reduce((sum, { count }) => sum + count, 0);
  const rows = [
    ["git blame", git],
    ["blame in a new process", cold],
    ["blame, the first time", again],
    ["blame, from then on", warm],
    ["a step's diff", diff],
  ] as const;
  const table = rows.map(
    ([what, ms]) => `${what.padEnd(24)} ${ms.toFixed(1).padStart(8)} ms  ${(ms / git).toFixed(2)} × git`,
  );
  const size = `${linesOf(text).length} lines, ${EDITS} edits, ${named} lines are an agent's`;
  process.stdout.write(`\n${[size, ...table].join("\n")}\n`);
});
