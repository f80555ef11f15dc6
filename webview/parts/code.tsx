import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { clipped, harmless } from "../lib/harmless.ts";
import { highlight, known, plain, type Token } from "../lib/highlight.ts";
import { Link } from "./link.tsx";

/** So many lines are shown before somebody asks for the rest. */
const MOST_LINES = 60;

interface CodeProps {
  text: string;
  grammar: string | undefined;
  /** The number of its first line, when its lines are to have numbers. */
  start?: number;
}

/** Code in the colours of its language. */
export function Code({ text, grammar, start }: CodeProps): JSX.Element {
  const [all, setAll] = useState(false);
  const lines = harmless(text.replace(/\n$/, "")).split("\n").map(clipped);
  const shown = all ? lines : lines.slice(0, MOST_LINES);
  const tokens = useTokens(shown.join("\n"), grammar);
  return (
    <div class="code">
      <pre class={start === undefined ? "" : "numbered"}>
        {tokens.map((line, i) => (
          <div key={i} class="line">
            {start !== undefined && <span class="number">{start + i}</span>}
            <span class="text">
              <Line tokens={line} />
            </span>
          </div>
        ))}
      </pre>
      {shown.length < lines.length && (
        <Link class="all" onPress={() => setAll(true)}>
          Show all {lines.length.toLocaleString("en")} lines
        </Link>
      )}
    </div>
  );
}

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
