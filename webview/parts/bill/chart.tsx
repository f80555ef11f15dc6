import type { JSX } from "preact";
import { cents } from "../../../extension/base/format.ts";
import { dayName, weekday } from "../../lib/bill/range.ts";
import { OTHERS, type Stack } from "../../lib/bill/stack.ts";
import type { Column } from "../../lib/bill/table.ts";
import { Plot, type PlotProps } from "./plot.tsx";
import { Takeaway } from "./table.tsx";

interface ChartProps extends Omit<PlotProps, "hint"> {
  title: string;
  /** What it says beside the title. */
  sum: string;
  onSeries: (name: string) => void;
}

type StackDay = Stack["days"][number];

/** What each day cost, and of what it is made up; a day and a part of it can be chosen. */
export function Chart(props: ChartProps): JSX.Element {
  const { stack, title, sum, onSeries } = props;
  const columns = columnsOf(stack);
  return (
    <section class="box chart" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <span class="aside">{sum}</span>
        <ul class="legend" aria-label="Parts">
          {stack.series.map(({ name, label }, i) => (
            <li key={name}>
              <button
                type="button"
                disabled={name === OTHERS}
                onClick={() => onSeries(name)}
                title={`Show only ${label}`}
              >
                <span class={`swatch part-${i}`} aria-hidden="true" />
                {label}
              </button>
            </li>
          ))}
          <li class="aside">
            <span class="swatch line" aria-hidden="true" />
            7-day average
          </li>
        </ul>
        <Takeaway name={title} rows={stack.days} columns={columns} />
      </header>
      <Plot {...props} hint={i => hint(stack, i)} />
      <Behind title={title} stack={stack} columns={columns} />
    </section>
  );
}

function hint({ days, series }: Stack, index: number): string {
  const { day, costUsd, parts } = days[index] as StackDay;
  const shown = series.flatMap(({ label }, k) =>
    (parts[k] ?? 0) > 0 ? [`${label} ${cents(parts[k] ?? 0)}`] : [],
  );
  const help = "Click for this day alone, drag for several";
  return [`${weekday(day)}, ${dayName(day)}: ${cents(costUsd)}`, ...shown, help].join("\n");
}

function columnsOf({ series }: Stack): Column<StackDay>[] {
  const parts = series.map(({ label }, i) => ({
    title: label,
    value: ({ parts }: StackDay) => parts[i] ?? 0,
    draw: ({ parts }: StackDay) => cents(parts[i] ?? 0),
  }));
  return [
    { title: "Day", value: ({ day }) => day, draw: ({ day }) => dayName(day), left: true },
    { title: "Cost", value: ({ costUsd }) => costUsd, draw: ({ costUsd }) => cents(costUsd) },
    ...parts,
    { title: "7-day average", value: ({ trend }) => trend, draw: ({ trend }) => cents(trend) },
  ];
}

interface BehindProps {
  title: string;
  stack: Stack;
  columns: Column<StackDay>[];
}

/** The same as a table, for those who do not see it. */
function Behind({ title, stack, columns }: BehindProps): JSX.Element {
  return (
    <table class="unseen" aria-label={`${title} as a table`}>
      <thead>
        <tr>
          {columns.map(({ title }) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {stack.days
          .filter(({ costUsd }) => costUsd > 0)
          .map(row => (
            <tr key={row.day}>
              {columns.map(({ title, draw }) => (
                <td key={title}>{draw(row)}</td>
              ))}
            </tr>
          ))}
      </tbody>
    </table>
  );
}
