import type { JSX } from "preact";
import { cents, count, duration, percent, short } from "../../../extension/base/format.ts";
import type { BilledSession } from "../../../extension/bill.ts";
import type { Change } from "../../bill-state.ts";
import { billHost } from "../../host.ts";
import type { Column } from "../../lib/bill/table.ts";
import { Link } from "../link.tsx";
import { Amount } from "./amount.tsx";
import { Bar } from "./bar.tsx";
import { Table } from "./table.tsx";

interface SessionsProps {
  sessions: BilledSession[];
  /** How many there are. */
  all: number;
  change: Change;
}

/** The sessions, each with what it cost and what came of it. */
export function Sessions({ sessions, all, change }: SessionsProps): JSX.Element {
  const most = Math.max(0, ...sessions.map(({ costUsd }) => costUsd));
  return (
    <section class="box sessions" id="sessions" tabIndex={-1} aria-label="Sessions">
      <Table
        title="Sessions"
        aside={`${count(all, "session")} in range · click an amount for its derivation`}
        rows={sessions}
        columns={columnsOf(most, change)}
        id={row => row.session.id}
        first={{ column: "Cost", descending: true }}
        empty="No session was at work in this range."
      />
    </section>
  );
}

function columnsOf(most: number, change: Change): Column<BilledSession>[] {
  const text = (title: string, value: Column<BilledSession>["value"]): Column<BilledSession> => {
    return { title, value, draw: row => value(row) };
  };
  const whole = ({ tokens }: BilledSession) => Object.values(tokens).reduce((sum, n) => sum + n, 0);
  return [
    {
      title: "Session",
      left: true,
      value: row => row.session.title,
      draw: row => <Title row={row} most={most} />,
    },
    {
      title: "Cost",
      value: row => row.costUsd,
      draw: row => <Cost row={row} change={change} />,
    },
    { title: "Tokens", value: whole, draw: row => short(whole(row)) },
    { title: "Cached", value: cached, draw: row => percent(cached(row), 1), wide: true },
    { title: "Lines", value: row => row.linesAdded + row.linesRemoved, draw: row => <Lines row={row} /> },
    { ...text("Commits", row => row.commits), wide: true, draw: row => quietZero(row.commits) },
    { title: "Time", value: row => row.durationMs, draw: row => duration(row.durationMs), wide: true },
  ];
}

function Title({ row: { session, costUsd }, most }: { row: BilledSession; most: number }): JSX.Element {
  return (
    <span class="named">
      <Bar part={costUsd} whole={most} />
      <Link title="Replay this session" onPress={() => void billHost.openReplay(session.id, null)}>
        {session.title}
      </Link>
    </span>
  );
}

function Cost({ row, change }: { row: BilledSession; change: Change }): JSX.Element {
  const { session, costUsd, unattributedUsd } = row;
  return (
    <>
      <Amount costUsd={costUsd} of={{ session: session.id }} onExplain={explained => change({ explained })} />
      {unattributedUsd > 0 && (
        <span class="aside" title={`And ${cents(unattributedUsd)} that no response accounts for`}>
          {" "}
          +
        </span>
      )}
      {session.unpricedModels.length > 0 && (
        <span class="dear" title={`Without ${session.unpricedModels.join(", ")}, whose price is not known`}>
          {" "}
          ?
        </span>
      )}
    </>
  );
}

function Lines({ row: { linesAdded, linesRemoved } }: { row: BilledSession }): JSX.Element {
  if (linesAdded + linesRemoved === 0) return quietZero(0);
  return (
    <>
      {linesAdded > 0 && <span class="added">+{linesAdded.toLocaleString("en")}</span>}{" "}
      {linesRemoved > 0 && <span class="removed">−{linesRemoved.toLocaleString("en")}</span>}
    </>
  );
}

function quietZero(n: number): JSX.Element {
  return <span class={n === 0 ? "faint" : undefined}>{n.toLocaleString("en")}</span>;
}

function cached({ tokens }: BilledSession): number {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h } = tokens;
  return cacheRead / Math.max(1, input + cacheRead + cacheWrite5m + cacheWrite1h);
}
