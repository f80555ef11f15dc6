import type { ComponentChildren, JSX } from "preact";
import { memo } from "preact/compat";
import { useMemo, useState } from "preact/hooks";
import { oneLine } from "../../extension/base/format.ts";
import { type DiffLine, diffLines } from "../lib/diff-lines.ts";
import { harmless } from "../lib/harmless.ts";
import { grammarOfFile, marked, type Token } from "../lib/highlight.ts";
import type { FilePatch, Hunk } from "../lib/patch.ts";
import { shortHunks, useGrowing } from "../lib/pieces.ts";
import { within } from "../lib/words.ts";
import { useTokens } from "../parts/code.tsx";
import { Link } from "../parts/link.tsx";

/** So many lines are shown before somebody asks for the rest. */
const MOST_LINES = 80;

interface DiffProps {
  patch: FilePatch;
  project: string;
  /** What can be done with it. */
  children?: ComponentChildren;
}

/** What became of a file, line by line. */
export function Diff({ patch, project, children }: DiffProps): JSX.Element {
  const [all, setAll] = useState(false);
  const count = patch.hunks.reduce((sum, hunk) => sum + hunk.lines.length, 0);
  const hunks = shortHunks(all ? patch.hunks : shortened(patch.hunks));
  const growing = useGrowing(all ? hunks.length : 1);
  const drawn = all ? growing : hunks.length;
  return (
    <div class="diff">
      <div class="bar">
        <code>{harmless(oneLine(within(patch.path, project), 300))}</code>
        {!patch.numbered && <span class="aside">as it was asked for</span>}
        <span class="actions">{children}</span>
      </div>
      {hunks.slice(0, drawn).map((hunk, i) => (
        <HunkLines key={i} {...{ hunk }} numbered={patch.numbered} grammar={grammarOfFile(patch.path)} />
      ))}
      {!all && count > MOST_LINES && (
        <Link class="all" onPress={() => setAll(true)}>
          Show all {count.toLocaleString("en")} lines
        </Link>
      )}
    </div>
  );
}

function shortened(hunks: Hunk[]): Hunk[] {
  let left = MOST_LINES;
  return hunks.flatMap(hunk => {
    const lines = hunk.lines.slice(0, Math.max(0, left));
    left -= hunk.lines.length;
    return lines.length > 0 ? [{ ...hunk, lines }] : [];
  });
}

interface HunkProps {
  hunk: Hunk;
  numbered: boolean;
  grammar: string | undefined;
}

const HunkLines = memo(({ hunk, numbered, grammar }: HunkProps): JSX.Element => {
  const lines = useMemo(() => diffLines(hunk), [hunk]);
  // Each side is coloured as the code that it is, for a text or a comment may go over many lines.
  const side = (without: "+" | "-") => lines.filter(line => line.sign !== without);
  const code = (some: DiffLine[]) => some.map(line => line.text).join("\n");
  const before = useTokens(code(side("+")), grammar);
  const after = useTokens(code(side("-")), grammar);
  let [old, now] = [0, 0];
  return (
    <table class={hunk.goesOn ? "hunk on" : "hunk"}>
      <tbody>
        {lines.map((line, i) => {
          const tokens = line.sign === "-" ? before[old] : after[now];
          if (line.sign !== "+") old++;
          if (line.sign !== "-") now++;
          return <LineRow key={i} {...{ line, numbered }} tokens={tokens ?? []} />;
        })}
      </tbody>
    </table>
  );
}, isSame);

/** What a card is made of is taken apart anew each time, and mostly into the same. */
function isSame(before: HunkProps, { hunk, grammar }: HunkProps): boolean {
  const { newStart, lines } = before.hunk;
  const [same, last] = [lines[0] === hunk.lines[0], lines.at(-1) === hunk.lines.at(-1)];
  return (
    same &&
    last &&
    lines.length === hunk.lines.length &&
    newStart === hunk.newStart &&
    grammar === before.grammar
  );
}

const NAMES = { "+": "added", "-": "removed", " ": "" };

function LineRow(props: { line: DiffLine; tokens: Token[]; numbered: boolean }): JSX.Element {
  const { line, tokens, numbered } = props;
  return (
    <tr class={NAMES[line.sign]}>
      {numbered && (
        <>
          <td class="number">{line.old}</td>
          <td class="number">{line.new}</td>
        </>
      )}
      <td class="sign">{line.sign}</td>
      <td class="text">
        {marked(tokens, line.marks).map(({ text, of, marked }, i) => (
          <span key={i} class={[of && `of-${of}`, marked && "changed"].filter(Boolean).join(" ")}>
            {harmless(text)}
          </span>
        ))}
      </td>
    </tr>
  );
}
