import { Fragment, type JSX } from "preact";
import { percent, short } from "../../extension/base/format.ts";
import type { Fill } from "../lib/context.ts";
import { FILLERS, type Filler } from "../lib/fillers.ts";
import { harmless } from "../lib/harmless.ts";

/** What each is called, and what belongs to it. */
const NAMES: Record<Filler, [name: string, what: string]> = {
  base: [
    "As it began",
    "What the first request brought: system prompt, tools, CLAUDE.md; in a fork, what came before it",
  ],
  summary: ["Summary", "What was left when the context was compacted"],
  rest: [
    "Reminders, other",
    "What the client adds without writing it down: reminders, changed files, pictures",
  ],
  prompts: ["Prompts", "What you asked"],
  answers: ["Answers and calls", "What the model wrote: its answers, and what it gave to tools"],
  thoughts: ["Thinking", "What the model thought"],
  files: ["Files read", "What Read showed of files"],
  output: ["Tool output", "What all other tools told"],
  agents: ["Sub-agents", "What sub-agents reported"],
};

/** Lines of a pattern besides its colour, for who can't tell colours apart. */
const LINES: Record<Filler, string> = {
  base: "",
  summary: "M0 3H6",
  rest: "M0 0L6 6",
  prompts: "",
  answers: "M0 6L6 0",
  thoughts: "M3 0V6",
  files: "M0 3H6M3 0V6",
  output: "M0 0L6 6",
  agents: "M0 6L6 0M0 0L6 6",
};

export function hatch(filler: Filler): string {
  return `url(#hatch-${filler})`;
}

/** The colour and the pattern of each. */
export function Hatches(): JSX.Element {
  return (
    <defs>
      {FILLERS.map(filler => (
        <pattern
          key={filler}
          id={`hatch-${filler}`}
          class={`hatch ${filler}`}
          width="6"
          height="6"
          patternUnits="userSpaceOnUse"
        >
          <rect width="6" height="6" />
          <path d={LINES[filler]} />
        </pattern>
      ))}
    </defs>
  );
}

/** What filled the window at a request, in the order of the chart: from its top to its bottom. */
export function FillerTable({ fill, when }: { fill: Fill; when: string }): JSX.Element {
  const shown = FILLERS.filter(filler => fill.by[filler] >= 0.5).reverse();
  return (
    <table class="fillers">
      <caption>About what filled it {when}</caption>
      <tbody>
        {shown.map(filler => (
          <Fragment key={filler}>
            <tr title={NAMES[filler][1]}>
              <th scope="row">
                <svg class="swatch" viewBox="0 0 12 12" aria-hidden="true">
                  <rect width="12" height="12" fill={hatch(filler)} />
                </svg>
                {NAMES[filler][0]}
              </th>
              <Amount tokens={fill.by[filler]} of={fill.tokens} />
            </tr>
            {filler === "output" && <Tools fill={fill} />}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

/** So many tools are named: those with the most to say. */
const MOST_TOOLS = 3;

function Tools({ fill }: { fill: Fill }): JSX.Element {
  const tools = Object.entries(fill.by.tools).sort(([, a], [, b]) => b - a);
  return (
    <>
      {tools.slice(0, tools.length > 1 ? MOST_TOOLS : 0).map(([name, tokens]) => (
        <tr key={name} class="tool">
          <th scope="row">{harmless(name)}</th>
          <Amount tokens={tokens} of={fill.tokens} />
        </tr>
      ))}
    </>
  );
}

function Amount({ tokens, of }: { tokens: number; of: number }): JSX.Element {
  return (
    <>
      <td>{short(Math.round(tokens))}</td>
      <td>{percent(tokens, of)}</td>
    </>
  );
}
