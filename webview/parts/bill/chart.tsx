import type { JSX } from "preact";
import { cents, roundMoney } from "../../../extension/base/format.ts";
import { dayName, weekday } from "../../lib/bill/range.ts";
import { OTHERS, type Stack } from "../../lib/bill/stack.ts";
import type { Column } from "../../lib/bill/table.ts";
import { Takeaway } from "./table.tsx";

interface ChartProps {
  stack: Stack;
  title: string;
  /** What it says beside the title. */
  sum: string;
  usual: number | undefined;
  /** Days before this one are there to compare. */
  from: string;
  chosen: string | undefined;
  onChoose: (day: string) => void;
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
        </ul>
        <Takeaway name={title} rows={stack.days} columns={columns} />
      </header>
      <Plot {...props} />
      <Behind title={title} stack={stack} columns={columns} />
    </section>
  );
}

function Plot({ stack, usual, from, chosen, onChoose }: ChartProps): JSX.Element {
  const height = (costUsd: number) => `${(costUsd / stack.top) * 100}%`;
  const highest = stack.days.reduce((best, day) => (day.costUsd > best.costUsd ? day : best), {
    costUsd: 0,
    day: "",
  });
  const every = Math.ceil(stack.days.length / 12);
  return (
    <div class="plot">
      <div class="days">
        {stack.days.map(({ day, costUsd, parts }, i) => (
          <button
            type="button"
            key={day}
            class={["day", day < from && "before", chosen === day && "chosen"].filter(Boolean).join(" ")}
            aria-pressed={chosen === day}
            title={hint(stack, i)}
            onClick={() => onChoose(day)}
          >
            <span class="unseen">{`${weekday(day)}, ${dayName(day)}: ${cents(costUsd)}`}</span>
            <span class="column" aria-hidden="true">
              {day === highest.day && (
                <span class="top" style={{ bottom: height(costUsd) }}>
                  {cents(costUsd)}
                </span>
              )}
              {parts.map((part, k) => (
                <span class={`part part-${k}`} key={stack.series[k]?.name} style={{ height: height(part) }} />
              ))}
            </span>
            <span class="tick" aria-hidden="true">
              {(stack.days.length - 1 - i) % every === 0 ? dayLabel(day, i, every) : ""}
            </span>
          </button>
        ))}
      </div>
      <div class="axis" aria-hidden="true">
        {stack.lines.map(line => (
          <span class="rule" key={line} style={{ bottom: height(line) }}>
            {roundMoney(line)}
          </span>
        ))}
        {usual !== undefined && usual < stack.top && (
          <span class="usual" style={{ bottom: height(usual) }}>
            <span>usual day {cents(usual)}</span>
          </span>
        )}
      </div>
    </div>
  );
}

/** The number of the day, with its month where that begins. */
function dayLabel(day: string, index: number, every: number): string {
  const number = Number(day.slice(8));
  return index < every || number <= every ? dayName(day) : String(number);
}

function hint({ days, series }: Stack, index: number): string {
  const { day, costUsd, parts } = days[index] as StackDay;
  const shown = series.flatMap(({ label }, k) =>
    (parts[k] ?? 0) > 0 ? [`${label} ${cents(parts[k] ?? 0)}`] : [],
  );
  return [`${weekday(day)}, ${dayName(day)}: ${cents(costUsd)}`, ...shown].join("\n");
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
