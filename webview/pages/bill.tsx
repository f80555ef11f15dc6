import type { JSX } from "preact";
import { cents } from "../../extension/base/format.ts";
import { addDays, dayAt, usualDay } from "../../extension/base/usual.ts";
import type { BilledSession, Breakdown } from "../../extension/bill.ts";
import type { Circumstances } from "../../extension/bill-host.ts";
import type { Usage, UsageFilter } from "../../extension/questions.ts";
import { shownOf, useAsked } from "../asked.ts";
import { billHost } from "../bill-host.ts";
import { type BillView, type Change, useBillView } from "../bill-state.ts";
import { chartDays, dayName, type Range, rangeOf } from "../lib/bill/range.ts";
import { stackOf } from "../lib/bill/stack.ts";
import { Answered } from "../parts/answered.tsx";
import { Alerts } from "../parts/bill/alerts.tsx";
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
import { Button } from "../parts/control.tsx";

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
  filter: UsageFilter;
  /** For the chart, which goes on showing the other days. */
  charted: UsageFilter;
}

function askedOf({ range: name, custom, scope, only }: BillView, workspace: string, now: number): Asked {
  const within = scope === "workspace" && workspace !== "" ? { within: workspace } : {};
  const range = rangeOf(name, custom, now);
  const { day, ...rest } = only;
  const chosen = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const days = day === undefined ? range : { from: day, to: day };
  const [from = range.from] = chartDays(range);
  return {
    ...{ within, range },
    filter: { ...within, ...chosen, ...days },
    charted: { ...within, ...chosen, from, to: range.to },
  };
}

function TheBill({ view, change, circumstances, again }: TheBillProps): JSX.Element {
  const now = Date.now();
  const asked = askedOf(view, circumstances.workspace, now);
  const { within, range, filter, charted } = asked;
  const since = addDays(dayAt(now), -BEFORE);
  const [days] = useAsked(() => billHost.usage({ by: "day", ...within, from: since }), within, since);
  const [used] = useAsked(() => usageOf(filter), filter);
  const [stacked] = useAsked(
    () => billHost.usage({ by: "day", and: view.stack, ...charted }).then(rows => ({ rows, by: view.stack })),
    ...[charted, view.stack],
  );
  const [bill] = useAsked(() => billHost.bill(filter), filter);
  const [breakdown] = useAsked(() => billHost.breakdown(filter), filter);
  const known = shownOf(days) ?? [];
  const failed = [days, used, stacked, bill, breakdown].find(answer => answer.kind === "failed");
  const toolbar = <Toolbar {...{ view, range, change }} hasWorkspace={circumstances.workspace !== ""} />;
  const charts = shownOf(stacked);
  const agents = shownOf(used)?.agent ?? [];
  return (
    <main class="bill" aria-busy={bill.kind === "loading"}>
      {toolbar}
      {failed?.kind === "failed" && <p role="alert">{failed.why}</p>}
      <Figures
        {...{ circumstances, now, change, agents }}
        days={known}
        sessions={shownOf(bill)}
        breakdown={shownOf(breakdown)}
      />
      {charts && (
        <Daily
          {...{ view, change, circumstances, range }}
          used={charts}
          usual={usualDay(known, dayAt(now))}
          unattributedUsd={(shownOf(bill) ?? []).reduce((sum, row) => sum + row.unattributedUsd, 0)}
        />
      )}
      {isEmpty(shownOf(bill), charts?.rows) ? (
        <Nothing view={view} change={change} hasWorkspace={circumstances.workspace !== ""} />
      ) : (
        <Tables
          {...{ view, change, circumstances, again, asked, now }}
          used={shownOf(used)}
          sessions={shownOf(bill)}
          breakdown={shownOf(breakdown)}
          dearest={dearestOf(charts?.rows ?? [], range)}
        />
      )}
    </main>
  );
}

type Used = Record<"project" | "model" | "agent", Usage[]>;

async function usageOf(filter: UsageFilter): Promise<Used> {
  const by = (by: keyof Used) => billHost.usage({ by, ...filter });
  const [project, model, agent] = await Promise.all([by("project"), by("model"), by("agent")]);
  return { project, model, agent };
}

/** The day of a range that cost most. */
function dearestOf(rows: Usage[], { from }: Range): string | undefined {
  const days = new Map<string, number>();
  for (const { name, costUsd } of rows) if (name >= from) days.set(name, (days.get(name) ?? 0) + costUsd);
  return [...days].reduce<[string?, number?]>((best, day) => (day[1] > (best[1] ?? 0) ? day : best), [])[0];
}

function isEmpty(sessions: BilledSession[] | undefined, days: Usage[] | undefined): boolean {
  return sessions?.length === 0 && days !== undefined && days.length === 0;
}

interface DailyProps {
  view: BillView;
  change: Change;
  circumstances: Circumstances;
  range: Range;
  used: { rows: Usage[]; by: BillView["stack"] };
  usual: number | undefined;
  unattributedUsd: number;
}

function Daily({
  view,
  change,
  circumstances,
  range,
  used,
  usual,
  unattributedUsd,
}: DailyProps): JSX.Element {
  const { only } = view;
  const inRange = used.rows.filter(({ name }) => name >= range.from);
  const sum = inRange.reduce((all, { costUsd }) => all + costUsd, 0);
  const which = range.from === range.to ? "on this day" : `since ${dayName(range.from)}`;
  const beside = unattributedUsd >= 0.005 ? `, and ${cents(unattributedUsd)} not attributed` : "";
  return (
    <Chart
      stack={stackOf(chartDays(range), used.rows, used.by)}
      by={used.by}
      title={circumstances.billing === "subscription" ? "Daily API value" : "Daily spend"}
      sum={`${cents(sum)} ${which}${beside}`}
      usual={Object.values(only).some(Boolean) && !only.day ? undefined : usual}
      from={range.from}
      chosen={only.day}
      onChoose={day => change({ only: { ...only, day: only.day === day ? undefined : day } })}
      onSeries={name => change({ only: { ...only, [used.by]: only[used.by] === name ? undefined : name } })}
    />
  );
}

interface TablesProps extends TheBillProps {
  asked: Asked;
  now: number;
  used: Used | undefined;
  sessions: BilledSession[] | undefined;
  breakdown: Breakdown | undefined;
  /** The day that cost most. */
  dearest: string | undefined;
}

function Tables(props: TablesProps): JSX.Element {
  const { view, change, circumstances, again, now, used, sessions, breakdown, dearest } = props;
  const { within, filter, range } = props.asked;
  const day = view.only.day ?? dearest ?? range.to;
  const [reasons] = useAsked(() => billHost.reasons({ day, ...within }), day, within);
  const [findings] = useAsked(() => billHost.findings(filter), filter);
  return (
    <div class="columns">
      <div>
        <Sessions sessions={sessions ?? []} change={change} />
        <Groups
          {...{ view, change }}
          used={used ?? { project: [], model: [], agent: [] }}
          tools={breakdown?.tools ?? []}
        />
      </div>
      <div>
        <Why day={day} reasons={shownOf(reasons)} now={now} />
        <Findings findings={shownOf(findings)} dismissed={circumstances.dismissed} onDismissed={again} />
        <Alerts />
        <Cache misses={breakdown?.misses ?? []} />
        <Heat hours={breakdown?.hours ?? []} weekStart={circumstances.weekStart} />
      </div>
    </div>
  );
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
