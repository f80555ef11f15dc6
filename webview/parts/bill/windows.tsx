import type { JSX } from "preact";
import { cents, short } from "../../../extension/base/format.ts";
import type { Breakdown, WeekStart } from "../../../extension/bill.ts";
import type { BillView, Change } from "../../bill-state.ts";
import { type Span, weekSpans, windowSpans } from "../../lib/bill/spans.ts";
import type { Column } from "../../lib/bill/table.ts";
import { Bar } from "./bar.tsx";
import { Segments } from "./segments.tsx";
import { Table } from "./table.tsx";

interface WindowsProps {
  view: BillView;
  change: Change;
  windows: Breakdown["windows"];
  days: Breakdown["days"];
  weekStart: WeekStart;
  now: number;
}

const SPANS = [
  ["window", "5 hours"],
  ["week", "Week"],
] as const;

/** What was used in each of the times that a subscription's limits are about. */
export function Windows({ view, change, windows, days, weekStart, now }: WindowsProps): JSX.Element {
  const { span } = view;
  const spans = span === "week" ? weekSpans(days, weekStart, now) : windowSpans(windows, now);
  const title = span === "week" ? "By week" : "By 5-hour window";
  return (
    <section class="box" aria-label={title}>
      <Table
        title={title}
        aside={<Segments label="Windows" choices={SPANS} chosen={span} onChoose={span => change({ span })} />}
        rows={spans}
        columns={columnsOf(spans)}
        id={({ id }) => id}
        first={{ column: "When", descending: true }}
        empty="Nothing was used in this range."
      />
    </section>
  );
}

function columnsOf(spans: Span[]): Column<Span>[] {
  const most = Math.max(0, ...spans.map(({ costUsd }) => costUsd));
  const when = (span: Span) => (
    <span class="named">
      <Bar part={span.costUsd} whole={most} />
      <span title={span.label}>
        {span.label}
        {span.open && <span class="aside"> now</span>}
      </span>
    </span>
  );
  return [
    { title: "When", left: true, value: ({ id }) => id, draw: when },
    { title: "Cost", value: ({ costUsd }) => costUsd, draw: ({ costUsd }) => cents(costUsd) },
    { title: "Tokens", value: ({ tokens }) => tokens, draw: ({ tokens }) => short(tokens) },
    {
      title: "Requests",
      value: ({ requests }) => requests,
      draw: ({ requests }) => requests.toLocaleString("en"),
    },
  ];
}
