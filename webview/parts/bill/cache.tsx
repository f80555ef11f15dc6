import type { JSX } from "preact";
import { cents, money, short } from "../../../extension/base/format.ts";
import type { MissCause, Misses } from "../../../extension/bill.ts";
import type { Column } from "../../lib/bill/table.ts";
import { Table } from "./table.tsx";

const CAUSES: Record<MissCause, string> = {
  expired: "It ran out in a pause",
  prefix: "The beginning of the context changed",
  compaction: "The context was compacted",
  model: "The model was switched",
};

const COLUMNS: Column<Misses>[] = [
  { title: "Why", left: true, value: row => CAUSES[row.cause], draw: row => CAUSES[row.cause] },
  { title: "Times", value: row => row.times, draw: row => row.times.toLocaleString("en") },
  { title: "Tokens", value: row => row.tokens, draw: row => short(row.tokens) },
  {
    title: "Cost",
    value: row => row.costUsd,
    draw: row => (
      <span title={`${money(row.costUsd)} more than reading them from the cache`}>{cents(row.costUsd)}</span>
    ),
  },
];

/** What it cost that the cache did not hold what it could have. */
export function Cache({ misses }: { misses: Misses[] }): JSX.Element {
  return (
    <section class="box" id="cache" tabIndex={-1} aria-label="Cache misses">
      <Table
        title="Cache misses"
        aside="over reading from the cache"
        rows={misses}
        columns={COLUMNS}
        id={row => row.cause}
        first={{ column: "Cost", descending: true }}
        empty="All that could be read from the cache was."
      />
    </section>
  );
}
