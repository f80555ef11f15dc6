import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Side } from "../../extension/pages.ts";
import { useAsked } from "../asked.ts";
import { compareHost, remember } from "../host.ts";
import { rowsOf } from "../lib/compare/rows.ts";
import { toolRows } from "../lib/compare/tools.ts";
import { Answered } from "../parts/answered.tsx";
import { Differences } from "../parts/compare/differences.tsx";
import { Prompts } from "../parts/compare/prompts.tsx";

/** Two sessions, or two prompts, beside each other. */
export function ComparePage(): JSX.Element {
  const [answer, retry] = useAsked(() => compareHost.sides());
  useEffect(() => void compareHost.pair().then(pair => remember({ pair })), []);
  return (
    <Answered answer={answer} busy="Reading both" retry={retry}>
      {sides => <Comparison sides={sides} />}
    </Answered>
  );
}

function Comparison({ sides }: { sides: [Side, Side] }): JSX.Element {
  const tools = toolRows(sides);
  return (
    <main class="compare">
      <h1>{sides.every(({ prompt }) => prompt === undefined) ? "Two sessions" : "Two prompts"}</h1>
      <Differences title="What they came to" sides={sides} rows={rowsOf(sides)} />
      {tools.length > 0 && <Differences title="Tools" sides={sides} rows={tools} />}
      <Prompts sides={sides} />
    </main>
  );
}
