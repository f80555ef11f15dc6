import { ExpectedError } from "../base/expected-error.ts";
import { lines } from "../base/format.ts";
import type { ChangesWanted, FileVersion } from "../questions.ts";
import { asJson } from "./json.ts";
import { Misuse } from "./misuse.ts";
import { momentsOf } from "./moments.ts";
import type { Color } from "./paint.ts";
import { reading } from "./progress.ts";
import type { Terminal } from "./terminal.ts";
import { unifiedDiff } from "./unified-diff.ts";
import type { Verb } from "./verb.ts";
import { whichSession } from "./which.ts";
import { shown, shownCode } from "./width.ts";

export const diff: Verb = {
  takes: "[ID[:STEP]]",
  does: "what a session changed in files, or one prompt or step of it",
  more: "STEP is a number as replay shows it, p2 for the second prompt, or a step's id. What others did in between is left out.",
  examples: ["agent-trace diff", "agent-trace diff 3f2a:p2", "agent-trace diff 3f2a:17 | patch -R -p1 -d /"],
  paged: true,
  async run(terminal, [given = ""]) {
    const { owner, json, print } = terminal;
    const [id, part] = given.split(/:(.*)/);
    await reading(terminal);
    const session = await whichSession(terminal, id || undefined);
    const changes = await owner.changes(session, part ? await partOf(terminal, session, part) : {});
    if (json) return print(asJson(changes));
    if (changes.files.length === 0) throw new ExpectedError("No file was changed there.");
    for (const file of changes.files) print(diffOf(file, terminal));
  },
};

/** The prompt or the step that was meant. */
async function partOf({ owner }: Terminal, id: string, part: string): Promise<ChangesWanted> {
  const moments = momentsOf(await owner.session(id));
  const [, prompt, number] = /^(p)?(\d+)$/.exec(part) ?? [];
  const found = moments.filter(moment =>
    number === undefined
      ? moment.kind !== "prompt" && moment.id.startsWith(part)
      : moment.number === Number(number) && (moment.kind === "prompt") === (prompt !== undefined),
  );
  const [only, another] = found;
  if (!only)
    throw new ExpectedError(
      `There is no step ${part} in this session. agent-trace replay ${id.slice(0, 8)} has them all.`,
    );
  if (another)
    throw new Misuse(`Several steps begin with ${part}. Give more of the id, or its number in replay.`);
  return only.kind === "prompt" ? { prompt: only.id } : { step: only.id };
}

function diffOf(file: FileVersion, { paint, isScreen }: Terminal): string {
  const { path, from, kind, before, after, hunks, status, added, removed, mixed } = file;
  const text =
    kind === "exact"
      ? unifiedDiff(path, before ?? undefined, after ?? undefined, from)
      : hunksOf(path, hunks);
  // A program may patch with it, so that it gets every byte.
  const safe = isScreen ? shownCode : (line: string) => line;
  const note = [
    `${shown(path)}  ${status}${from === undefined ? "" : ` from ${shown(from)}`}`,
    lines(added, removed),
    mixed && "with edits of others that could not be told from these",
  ];
  const head = paint("dim", `# ${note.filter(Boolean).join(", ")}`);
  return [head, ...text.split("\n").map(line => paint(colorOf(line), safe(line)))].join("\n");
}

function hunksOf(path: string, hunks: FileVersion["hunks"]): string {
  if (hunks.length === 0) return "# What changed can't be read any more.";
  const sized = (lines: string[], other: string) => lines.filter(line => !line.startsWith(other)).length;
  const parts = hunks.flatMap(({ oldStart, newStart, lines }) => [
    `@@ -${oldStart},${sized(lines, "+")} +${newStart},${sized(lines, "-")} @@`,
    ...lines,
  ]);
  return [`--- ${path}`, `+++ ${path}`, ...parts].join("\n");
}

const COLORS: [start: RegExp, color: Color][] = [
  [/^(---|\+\+\+) /, "bold"],
  [/^@@/, "cyan"],
  [/^\+/, "green"],
  [/^-/, "red"],
  [/^#/, "dim"],
];

function colorOf(line: string): Color | undefined {
  return COLORS.find(([start]) => start.test(line))?.[1];
}
