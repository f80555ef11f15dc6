import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { pieces, terminalLines } from "../lib/terminal.ts";
import { Link } from "../parts/link.tsx";

/** Of a long output its beginning and its end are shown: what was started, and what came of it. */
const HEAD = 8;
const TAIL = 12;
/** And so much of it at once when all of it is to be shown. */
const PAGE = 2000;

/** What a command printed, in its colours. */
export function Output({ text, failed }: { text: string; failed?: boolean }): JSX.Element | null {
  const [shown, setShown] = useState(0);
  const [find, setFind] = useState<string>();
  const lines = useMemo(() => terminalLines(text), [text]);
  if (text.trim() === "") return <p class="note">It printed nothing.</p>;
  const wanted = find?.toLowerCase() ?? "";
  const found = lines.flatMap((line, i) => (wanted && line.toLowerCase().includes(wanted) ? [i] : []));
  const long = lines.length > HEAD + TAIL + 4;
  const picked = wanted ? found.slice(0, PAGE) : pickedLines(lines.length, long ? shown : PAGE);
  return (
    <div class={`output ${failed ? "failed" : ""}`}>
      {long && <Find {...{ find, setFind }} found={wanted ? found.length : undefined} lines={lines.length} />}
      <pre>
        {picked.map((at, i) => (
          <Lines
            key={at}
            {...{ lines, at }}
            gap={i > 0 && at !== (picked[i - 1] ?? 0) + 1}
            numbered={wanted !== ""}
          />
        ))}
      </pre>
      {!wanted && long && shown < lines.length && (
        <Link class="all" onPress={() => setShown(shown + PAGE)}>
          {lines.length - shown > PAGE && shown > 0
            ? `Show ${PAGE.toLocaleString("en")} more lines`
            : `Show all ${lines.length.toLocaleString("en")} lines`}
        </Link>
      )}
    </div>
  );
}

/** The indexes of the lines to show. */
function pickedLines(count: number, shown: number): number[] {
  const upTo = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  if (shown > 0) return upTo(0, Math.min(count, shown));
  return [...upTo(0, HEAD), ...upTo(count - TAIL, count)];
}

interface LinesProps {
  lines: string[];
  at: number;
  /** Whether lines before it are left out. */
  gap: boolean;
  numbered: boolean;
}

function Lines({ lines, at, gap, numbered }: LinesProps): JSX.Element {
  return (
    <>
      {gap && !numbered && (
        <div class="gap" aria-hidden="true">
          ⋯
        </div>
      )}
      <div class="line">
        {numbered && <span class="number">{at + 1}</span>}
        {pieces(lines[at] ?? "").map(({ text, colours }, i) => (
          <span key={i} class={colours}>
            {text}
          </span>
        ))}
        {"\n"}
      </div>
    </>
  );
}

interface FindProps {
  find: string | undefined;
  setFind: (text: string | undefined) => void;
  found: number | undefined;
  lines: number;
}

/** Finds lines in a long output. */
function Find({ find, setFind, found, lines }: FindProps): JSX.Element {
  return (
    <div class="find">
      <input
        type="text"
        aria-label="Find in the output"
        placeholder={`Find in ${lines.toLocaleString("en")} lines`}
        value={find ?? ""}
        onInput={event => setFind(event.currentTarget.value || undefined)}
      />
      {found !== undefined && (
        <span class="aside" role="status">
          {found.toLocaleString("en")} {found === 1 ? "line" : "lines"}
        </span>
      )}
    </div>
  );
}
