import type { JSX } from "preact";
import { memo } from "preact/compat";
import { runHeadline } from "../lib/headline.ts";
import type { Row } from "../lib/rows.ts";
import type { Story } from "../lib/story.ts";
import { Figures, Head } from "./head.tsx";

interface RunRowProps {
  row: Extract<Row, { kind: "run" }>;
  story: Story;
  current: boolean;
  onToggle: (row: Row) => void;
}

/** Steps that say more together, in one line that opens into them. */
export const RunRow = memo(({ row, story, current, onToggle }: RunRowProps): JSX.Element => {
  const { lead, aside } = runHeadline(row.steps);
  const [first] = row.steps;
  const sum = (of: (step: (typeof row.steps)[number]) => number) =>
    row.steps.reduce((sum, step) => sum + of(step), 0);
  return (
    <article class={`row run ${current ? "current" : ""}`} style={{ "--depth": row.depth }}>
      <Head
        {...{ current, open: row.open, onToggle: () => onToggle(row) }}
        touched={row.steps.some(step => story.open?.steps.has(step.id))}
        at={(first?.startedAt ?? 0) - story.session.startedAt}
        icon={first?.kind === "retry" ? "sync" : "book"}
        kind={first?.kind === "retry" ? "retry" : "read"}
        figures={
          <Figures durationMs={sum(step => step.durationMs ?? 0)} costUsd={sum(step => step.costUsd)} />
        }
      >
        <span class="lead">{lead}</span>
        {aside && <span class="aside"> · {aside}</span>}
      </Head>
    </article>
  );
});
