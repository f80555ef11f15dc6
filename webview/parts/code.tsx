import type { JSX } from "preact";
import { memo } from "preact/compat";
import { useEffect, useMemo, useState } from "preact/hooks";
import { clipped, harmless } from "../lib/harmless.ts";
import { highlight, known, plain, type Token } from "../lib/highlight.ts";
import { piecesOf, useGrowing } from "../lib/pieces.ts";
import { Link } from "./link.tsx";

/** So many lines are shown before somebody asks for the rest. */
const MOST_LINES = 60;

interface CodeProps {
  text: string;
  grammar: string | undefined;
  /** The number of its first line, when its lines are to have numbers. */
  start?: number;
}

interface PieceProps {
  text: string;
  grammar: string | undefined;
  start: number | undefined;
}

/** Code in the colours of its language. */
export function Code({ text, grammar, start }: CodeProps): JSX.Element {
  const [all, setAll] = useState(false);
  const lines = useMemo(() => harmless(text.replace(/\n$/, "")).split("\n").map(clipped), [text]);
  const pieces = [lines.slice(0, MOST_LINES), ...(all ? piecesOf(lines.slice(MOST_LINES)) : [])];
  const drawn = useGrowing(pieces.length);
  let next = start;
  return (
    <div class="code">
      <pre class={start === undefined ? "" : "numbered"}>
        {pieces.slice(0, drawn).map((piece, i) => {
          const first = next;
          if (next !== undefined) next += piece.length;
          return <Piece key={i} text={piece.join("\n")} grammar={grammar} start={first} />;
        })}
      </pre>
      {!all && lines.length > MOST_LINES && (
        <Link class="all" onPress={() => setAll(true)}>
          Show all {lines.length.toLocaleString("en")} lines
        </Link>
      )}
    </div>
  );
}

/** Some lines of code; where they begin in the midst of a comment nobody can know, and colours may be wrong. */
const Piece = memo(({ text, grammar, start }: PieceProps): JSX.Element => {
  return (
    <>
      {useTokens(text, grammar).map((line, i) => (
        <div key={i} class="line">
          {start !== undefined && <span class="number">{start + i}</span>}
          <span class="text">
            <Line tokens={line} />
          </span>
        </div>
      ))}
    </>
  );
});

function Line({ tokens }: { tokens: Token[] }): JSX.Element {
  if (tokens.length === 0) return <>{"\n"}</>;
  return (
    <>
      {tokens.map(({ text, of }, i) => (
        <span key={i} class={of && `of-${of}`}>
          {text}
        </span>
      ))}
    </>
  );
}

/** Lines of tokens: plain ones at once, coloured ones when there is time. */
export function useTokens(code: string, grammar: string | undefined): Token[][] {
  const [, again] = useState<unknown>();
  const tokens = known(code, grammar);
  useEffect(() => {
    if (tokens || grammar === undefined) return;
    const later = setTimeout(() => {
      highlight(code, grammar);
      again({});
    }, 30);
    return () => clearTimeout(later);
  }, [code, grammar]);
  return tokens ?? plain(code);
}
