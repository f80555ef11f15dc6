import type { ComponentChildren, JSX } from "preact";
import { cents, count, percent, roundMoney } from "../../../extension/base/format.ts";
import { type Day, dayAt, usualDay, usualWeekday } from "../../../extension/base/usual.ts";
import type { Breakdown, Bucket } from "../../../extension/bill.ts";
import type { Circumstances } from "../../../extension/pages.ts";
import type { Change } from "../../bill-state.ts";
import { daysInMonth, monthName, weekday } from "../../lib/bill/range.ts";

interface FiguresProps {
  /** What each of the last days cost, whatever is chosen. */
  days: Day[];
  /** Of what is chosen. */
  breakdown: Breakdown | undefined;
  circumstances: Circumstances;
  now: number;
  change: Change;
}

/** What to know at a glance. */
export function Figures(props: FiguresProps): JSX.Element {
  return (
    <section class="glances" aria-label="At a glance">
      <Today {...props} />
      <Month {...props} />
      <Cache {...props} />
      <PerCommit {...props} />
      <Subagents {...props} />
    </section>
  );
}

interface FigureProps {
  title: string;
  value: string;
  children: ComponentChildren;
  /** How much of it is used up. */
  used?: number | undefined;
  onPress: () => void;
}

function Figure({ title, value, children, used, onPress }: FigureProps): JSX.Element {
  return (
    <button type="button" class="glance" onClick={onPress}>
      <span class="aside">{title}</span>
      <b>{value}</b>
      <span class="aside">{children}</span>
      {used !== undefined && (
        <span class="meter" aria-hidden="true">
          <span class={levelOf(used)} style={{ width: `${Math.min(100, used * 100)}%` }} />
        </span>
      )}
    </button>
  );
}

/** Four fifths of a budget are a warning, all of it is too much. */
function levelOf(used: number): string {
  return used >= 1 ? "over" : used >= 0.8 ? "near" : "";
}

function Today({ days, now, change, circumstances }: FiguresProps): JSX.Element {
  const today = dayAt(now);
  const costUsd = costOn(days, today);
  const { day: budget } = circumstances.budgets;
  return (
    <Figure
      title="Today"
      value={cents(costUsd)}
      used={budget ? costUsd / budget : undefined}
      onPress={() => change({ range: "today", only: {} })}
    >
      {budget ? (
        `${percent(costUsd, budget)} of ${roundMoney(budget)}`
      ) : (
        <BesideUsual {...{ days, today, costUsd }} />
      )}
    </Figure>
  );
}

function BesideUsual({ days, today, costUsd }: { days: Day[]; today: string; costUsd: number }): JSX.Element {
  const same = usualWeekday(days, today);
  const usual = same ?? usualDay(days, today);
  if (usual === undefined) return <>nothing to compare it with yet</>;
  const name = same === undefined ? "a usual day" : `a usual ${weekday(today)}`;
  const rise = costUsd / usual - 1;
  if (rise <= 0.1) return <>{`${name} is ${cents(usual)}`}</>;
  return (
    <>
      <span class={rise > 0.25 ? "dear" : ""}>+{Math.round(rise * 100)} %</span> over {name}
    </>
  );
}

function Month({ days, now, change, circumstances }: FiguresProps): JSX.Element {
  const today = dayAt(now);
  const month = today.slice(0, 7);
  const costUsd = days
    .filter(({ name }) => name.startsWith(month))
    .reduce((sum, day) => sum + day.costUsd, 0);
  const course = (costUsd / Number(today.slice(8))) * daysInMonth(today);
  const { month: budget } = circumstances.budgets;
  return (
    <Figure
      title={monthName(today)}
      value={cents(costUsd)}
      used={budget ? costUsd / budget : undefined}
      onPress={() => change({ range: "month", only: {} })}
    >
      {budget ? `${percent(costUsd, budget)} of ${roundMoney(budget)}, ` : ""}on course for {cents(course)}
    </Figure>
  );
}

function Cache({ breakdown }: FiguresProps): JSX.Element {
  const { buckets = [], misses } = breakdown ?? {};
  const tokens = (some: Bucket[]) => sum(buckets, ({ name, tokens }) => (some.includes(name) ? tokens : 0));
  const lost = misses && sum(misses, miss => miss.costUsd);
  return (
    <Figure
      title="Cache"
      value={percent(tokens(["cacheRead"]), tokens(READ))}
      onPress={() => reveal("cache")}
    >
      {lost === undefined ? (
        "…"
      ) : lost > 0 ? (
        <>
          misses cost <span class="dear">{cents(lost)}</span>
        </>
      ) : (
        "nothing was missed"
      )}
    </Figure>
  );
}

function PerCommit({ breakdown }: FiguresProps): JSX.Element {
  const costUsd = sum(breakdown?.buckets ?? [], bucket => bucket.costUsd);
  const { commits = 0, lines = 0 } = breakdown?.came ?? {};
  const perDollar = costUsd > 0 ? `, ${Math.round(lines / costUsd).toLocaleString("en")} lines a dollar` : "";
  return (
    <Figure
      title="Per commit"
      value={commits > 0 ? cents(costUsd / commits) : "–"}
      onPress={() => reveal("sessions")}
    >
      {breakdown ? `${count(commits, "commit")}${perDollar}` : "…"}
    </Figure>
  );
}

function Subagents({ breakdown, change }: FiguresProps): JSX.Element {
  const agents = breakdown?.by.agent ?? [];
  const all = sum(agents, ({ costUsd }) => costUsd);
  const theirs = sum(agents, ({ name, costUsd }) => (name === "" ? 0 : costUsd));
  const open = () => {
    change({ group: "agent" });
    reveal("groups");
  };
  return (
    <Figure title="Sub-agents" value={percent(theirs, all)} onPress={open}>
      {cents(theirs)} of {cents(all)}
    </Figure>
  );
}

/** What a model is told, from the cache or not. */
const READ: Bucket[] = ["input", "cacheRead", "cacheWrite5m", "cacheWrite1h"];

function sum<T>(rows: T[], of: (row: T) => number): number {
  return rows.reduce((all, row) => all + of(row), 0);
}

function costOn(days: Day[], day: string): number {
  return days.find(({ name }) => name === day)?.costUsd ?? 0;
}

function reveal(id: string): void {
  const card = document.getElementById(id);
  card?.scrollIntoView({ block: "start" });
  card?.focus({ preventScroll: true });
}
