import type { JSX } from "preact";
import { cents, percent, short } from "../../../extension/base/format.ts";
import type { Breakdown, Bucket } from "../../../extension/bill.ts";
import type { Column } from "../../lib/bill/table.ts";
import { Bar } from "./bar.tsx";
import { Table } from "./table.tsx";

type Row = Breakdown["buckets"][number];

const NAMES: Record<Bucket, string> = {
  input: "Read, not cached",
  output: "Written by the model",
  cacheRead: "Read from the cache",
  cacheWrite5m: "Cached for 5 minutes",
  cacheWrite1h: "Cached for an hour",
  webSearches: "Web searches",
};

/** Which kinds of tokens the money went to. */
export function Buckets({ buckets }: { buckets: Row[] }): JSX.Element {
  const most = Math.max(0, ...buckets.map(({ costUsd }) => costUsd));
  const all = buckets.reduce((sum, { costUsd }) => sum + costUsd, 0);
  const columns: Column<Row>[] = [
    {
      ...{ title: "Kind", left: true, value: row => NAMES[row.name] },
      draw: row => (
        <span class="named">
          <Bar part={row.costUsd} whole={most} />
          <span>{NAMES[row.name]}</span>
        </span>
      ),
    },
    { title: "Tokens", value: row => row.tokens, draw: row => short(row.tokens) },
    { title: "Cost", value: row => row.costUsd, draw: row => cents(row.costUsd) },
    { title: "Share", value: row => row.costUsd / (all || 1), draw: row => percent(row.costUsd, all) },
  ];
  return (
    <section class="box" aria-label="Tokens">
      <Table
        title="Tokens"
        aside="searches are counted, not measured"
        rows={buckets.filter(({ tokens }) => tokens > 0)}
        columns={columns}
        id={row => row.name}
        first={{ column: "Cost", descending: true }}
        empty="Nothing was spent in this range."
      />
    </section>
  );
}
