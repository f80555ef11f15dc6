import type { JSX } from "preact";
import type { BillView, Change } from "../../bill-state.ts";
import { billHost } from "../../host.ts";
import { dayName, RANGES, type Range } from "../../lib/bill/range.ts";
import { labelOf } from "../../lib/bill/stack.ts";
import { onPaper } from "../../paper.ts";
import { GROUPS } from "./groups.tsx";
import { Segments } from "./segments.tsx";

interface ToolbarProps {
  view: BillView;
  range: Range;
  change: Change;
  /** Whether there is a workspace to narrow it to. */
  hasWorkspace: boolean;
}

const SCOPES = [
  ["workspace", "This workspace"],
  ["all", "All"],
] as const;
const STACKS = [
  ["model", "Model"],
  ["project", "Project"],
  ["agent", "Agent"],
] as const;

/** What the page is about. */
export function Toolbar({ view, range, change, hasWorkspace }: ToolbarProps): JSX.Element {
  const { scope, stack } = view;
  return (
    <header class="controls">
      <h1>The bill</h1>
      <Segments
        label="Range"
        choices={RANGES}
        chosen={view.range}
        onChoose={name => change({ range: name, custom: range, only: { ...view.only, day: undefined } })}
      />
      {view.range === "custom" && <Days range={range} change={change} />}
      {hasWorkspace && (
        <Segments
          label="Which sessions"
          choices={SCOPES}
          chosen={scope}
          onChoose={scope => change({ scope })}
        />
      )}
      <span class="stack">
        <span class="aside">Stack by</span>
        <Segments label="Stack by" choices={STACKS} chosen={stack} onChoose={stack => change({ stack })} />
        <button type="button" class="link quiet" onClick={() => void billHost.print(onPaper())}>
          Print…
        </button>
      </span>
      <Chips view={view} change={change} />
    </header>
  );
}

function Days({ range, change }: { range: Range; change: Change }): JSX.Element {
  const day = (end: "from" | "to") => (
    <input
      type="date"
      aria-label={end === "from" ? "From" : "To"}
      value={range[end]}
      onChange={event => {
        const { value } = event.currentTarget;
        if (value) change({ custom: { ...range, [end]: value } });
      }}
    />
  );
  return (
    <span class="dates">
      {day("from")} – {day("to")}
    </span>
  );
}

/** What the tables are narrowed to, each to be taken away. */
function Chips({ view: { only }, change }: { view: BillView; change: Change }): JSX.Element | null {
  const names = (["day", ...GROUPS.map(([name]) => name)] as const).filter(name => only[name] !== undefined);
  if (names.length === 0) return null;
  return (
    <p class="chips">
      <span class="aside">Only</span>
      {names.map(name => {
        const value = only[name] ?? "";
        const label = name === "day" ? dayName(value) : labelOf(name, value);
        return (
          <button
            type="button"
            key={name}
            title={`Show not only ${label}`}
            onClick={() => change({ only: { ...only, [name]: undefined } })}
          >
            {label} <span aria-hidden="true">×</span>
          </button>
        );
      })}
    </p>
  );
}
