import type { JSX } from "preact";
import { cents } from "../../extension/base/format.ts";
import { addDays, dayAt, usualDay } from "../../extension/base/usual.ts";
import type { BilledSession, BillFilter, Breakdown } from "../../extension/bill.ts";
import type { Circumstances } from "../../extension/pages.ts";
import type { UsageFilter } from "../../extension/questions.ts";
import { shownOf, useAsked } from "../asked.ts";
import { type BillView, type Change, useBillView } from "../bill-state.ts";
import { billHost } from "../host.ts";
import { chartDays, dayName, type Range, rangeOf } from "../lib/bill/range.ts";
import { stackOf, TREND_DAYS } from "../lib/bill/stack.ts";
import { Answered } from "../parts/answered.tsx";
import { Alerts } from "../parts/bill/alerts.tsx";
import { Buckets } from "../parts/bill/buckets.tsx";
import { Cache } from "../parts/bill/cache.tsx";
import { Chart } from "../parts/bill/chart.tsx";
import { Explained } from "../parts/bill/explained.tsx";
import { Figures } from "../parts/bill/figures.tsx";
import { Findings } from "../parts/bill/findings.tsx";
import { Groups } from "../parts/bill/groups.tsx";
import { Heat } from "../parts/bill/heat.tsx";
import { Why } from "../parts/bill/reasons.tsx";
import { Sessions } from "../parts/bill/sessions.tsx";
import { Toolbar } from "../parts/bill/toolbar.tsx";
import { Windows } from "../parts/bill/windows.tsx";
import { Button } from "../parts/control.tsx";

/** The dearest sessions are shown at once, and the others as soon as they are there. */
const AT_ONCE = 100;

/** So many days tell what is usual. */
const BEFORE = 60;

/** Where the money went. */
export function BillPage(): JSX.Element {
  const [view, change] = useBillView();
  const [answer, retry] = useAsked(() => billHost.circumstances());
  const explained = (explained: BillView["explained"]) => change({ explained });
  if (view.explained)
    return <Explained wanted={view.explained} onExplain={explained} onBack={() => explained(null)} />;
  return (
    <Answered answer={answer} busy="Adding up" retry={retry}>
      {circumstances => <TheBill view={view} change={change} circumstances={circumstances} again={retry} />}
    </Answered>
  );
}

interface TheBillProps {
  view: BillView;
  change: Change;
  circumstances: Circumstances;
  again: () => void;
}

/** What the page asks about. */
interface Asked {
  /** Of which sessions. */
  within: Pick<UsageFilter, "within">;
  range: Range;
  /** For the tables: of the range, or of the day and all else that was chosen. */
  filter: BillFilter;
  /** For the chart, which goes on showing the other days, and for its trend. */
  charted: BillFilter;
}

function askedOf({ range: name, custom, scope, only }: BillView, workspace: string, now: number): Asked {
  const within = scope === "workspace" && workspace !== "" ? { within: workspace } : {};
  const range = rangeOf(name, custom, now);
  const { day, ...chosen } = only;
  const days = day === undefined ? range : { from: day, to: day };
  const [from = range.from] = chartDays(range);
  return {
    ...{ within, range },
    filter: { ...within, ...said(chosen), ...days },
    charted: { ...within, ...said(chosen), from: addDays(from, 1 - TREND_DAYS), to: range.to },
  };
}

function said(chosen: { [Name in keyof BillFilter]: BillFilter[Name] | undefined }): BillFilter {
  return Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined));
}

function TheBill({ view, change, circumstances, again }: TheBillProps): JSX.Element {
  const now = Date.now();
  const asked = askedOf(view, circumstances.workspace, now);
  const { within, range, filter, charted } = asked;
  const since = addDays(dayAt(now), -BEFORE);
  const [days] = useAsked(() => billHost.usage({ by: "day", ...within, from: since }), within, since);
  const [breakdown] = useAsked(
    () => billHost.breakdown({ ...filter, ...(view.group === "branch" && { also: "branch" }) }),
    ...[filter, view.group === "branch"],
  );
  const [stacked] = useAsked(
    () =>
      billHost.breakdown({ ...charted, stack: view.stack }).then(({ days }) => ({ days, by: view.stack })),
    ...[charted, view.stack],
  );
  const [bill] = useAsked(() => billHost.bill({ ...filter, limit: AT_ONCE }), filter);
  const known = shownOf(days) ?? [];
  const failed = [days, stacked, bill, breakdown].find(answer => answer.kind === "failed");
  const toolbar = <Toolbar {...{ view, range, change }} hasWorkspace={circumstances.workspace !== ""} />;
  const charts = shownOf(stacked);
  const [first = ""] = chartDays(range);
  const shownDays = charts?.days.filter(({ day }) => day >= first);
  return (
    <main class="bill" aria-busy={bill.kind === "loading"}>
      {toolbar}
      {failed?.kind === "failed" && <p role="alert">{failed.why}</p>}
      <Figures {...{ circumstances, now, change }} days={known} breakdown={shownOf(breakdown)} />
      {charts && (
        <Daily
          {...{ view, change, circumstances, range }}
          spent={charts}
          usual={usualDay(known, dayAt(now))}
          unattributedUsd={shownOf(breakdown)?.came.unattributedUsd ?? 0}
        />
      )}
      {isEmpty(shownOf(bill), shownDays) ? (
        <Nothing view={view} change={change} hasWorkspace={circumstances.workspace !== ""} />
      ) : (
        <Tables
          {...{ view, change, circumstances, again, asked, now }}
          sessions={shownOf(bill)}
          breakdown={shownOf(breakdown)}
          days={shownDays ?? []}
        />
      )}
    </main>
  );
}

/** The day of a range that cost most. */
function dearestOf(spent: Breakdown["days"], { from }: Range): string | undefined {
  const days = new Map<string, number>();
  for (const { day, costUsd } of spent) if (day >= from) days.set(day, (days.get(day) ?? 0) + costUsd);
  return [...days].reduce<[string?, number?]>((best, day) => (day[1] > (best[1] ?? 0) ? day : best), [])[0];
}

function isEmpty(sessions: BilledSession[] | undefined, days: unknown[] | undefined): boolean {
  return sessions?.length === 0 && days !== undefined && days.length === 0;
}

interface DailyProps {
  view: BillView;
  change: Change;
  circumstances: Circumstances;
  range: Range;
  spent: { days: Breakdown["days"]; by: BillView["stack"] };
  usual: number | undefined;
  unattributedUsd: number;
}

function Daily({
  view,
  change,
  circumstances,
  range,
  spent,
  usual,
  unattributedUsd,
}: DailyProps): JSX.Element {
  const { only } = view;
  const inRange = spent.days.filter(({ day }) => day >= range.from);
  const sum = inRange.reduce((all, { costUsd }) => all + costUsd, 0);
  const which = range.from === range.to ? "on this day" : `since ${dayName(range.from)}`;
  const beside = unattributedUsd >= 0.005 ? `, and ${cents(unattributedUsd)} not attributed` : "";
  return (
    <Chart
      stack={stackOf(chartDays(range), spent.days, spent.by)}
      title={circumstances.billing === "subscription" ? "Daily API value" : "Daily spend"}
      sum={`${cents(sum)} ${which}${beside}`}
      usual={Object.values(only).some(Boolean) && !only.day ? undefined : usual}
      from={range.from}
      chosen={only.day}
      onChoose={day => change({ only: { ...only, day: only.day === day ? undefined : day } })}
      onRange={custom => change({ range: "custom", custom, only: { ...only, day: undefined } })}
      onSeries={name => change({ only: { ...only, [spent.by]: only[spent.by] === name ? undefined : name } })}
    />
  );
}

interface TablesProps extends TheBillProps {
  asked: Asked;
  now: number;
  sessions: BilledSession[] | undefined;
  breakdown: Breakdown | undefined;
  /** Of the chart. */
  days: Breakdown["days"];
}

function Tables(props: TablesProps): JSX.Element {
  const { view, change, circumstances, again, now, sessions = [], breakdown, days } = props;
  const { within, filter, range } = props.asked;
  const day = view.only.day ?? dearestOf(days, range) ?? range.to;
  const [reasons] = useAsked(() => billHost.reasons({ day, ...within }), day, within);
  const [findings] = useAsked(() => billHost.findings(filter), filter);
  return (
    <div class="columns">
      <div>
        <Sessions
          sessions={useOthers(sessions, filter)}
          all={breakdown?.came.sessions ?? sessions.length}
          change={change}
        />
        <Groups {...{ view, change }} by={breakdown?.by} />
        <Buckets buckets={breakdown?.buckets ?? []} />
      </div>
      <div>
        <Why day={day} reasons={shownOf(reasons)} now={now} />
        <Findings findings={shownOf(findings)} dismissed={circumstances.dismissed} onDismissed={again} />
        <Alerts />
        <Cache misses={breakdown?.misses ?? []} />
        <Windows
          {...{ view, change, now, days }}
          windows={breakdown?.windows ?? []}
          weekStart={circumstances.weekStart}
        />
        <Heat hours={breakdown?.hours ?? []} weekStart={circumstances.weekStart} />
      </div>
    </div>
  );
}

/** The first of the sessions until all are there; these are asked for when it is known that there are more. */
function useOthers(first: BilledSession[], filter: BillFilter): BilledSession[] {
  const isPart = first.length >= AT_ONCE;
  const of = JSON.stringify(filter);
  const [all] = useAsked(
    async () => ({ of, sessions: isPart ? await billHost.bill(filter) : [] }),
    ...[of, isPart],
  );
  const shown = shownOf(all);
  return isPart && shown?.of === of && shown.sessions.length > 0 ? shown.sessions : first;
}

/** There is nothing to show: what to do about it. */
function Nothing(props: { view: BillView; change: Change; hasWorkspace: boolean }): JSX.Element {
  const { view, change, hasWorkspace } = props;
  const narrowed = Object.values(view.only).some(value => value !== undefined);
  const elsewhere = hasWorkspace && view.scope === "workspace";
  return (
    <section class="message">
      <p>
        {elsewhere
          ? "Claude Code was not at work in this workspace in these days."
          : "Claude Code was not at work in these days."}
      </p>
      {narrowed && <Button onPress={() => change({ only: {} })}>Show Everything</Button>}
      {!narrowed && elsewhere && <Button onPress={() => change({ scope: "all" })}>Show All Projects</Button>}
      {!narrowed && !elsewhere && view.range !== "30" && (
        <Button onPress={() => change({ range: "30" })}>Show 30 Days</Button>
      )}
    </section>
  );
}
