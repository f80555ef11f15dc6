import type { JSX } from "preact";
import { cents, percent } from "../../../extension/base/format.ts";
import type { BillBy, Breakdown, Share } from "../../../extension/bill.ts";
import type { BillView, Change } from "../../bill-state.ts";
import { labelOf } from "../../lib/bill/stack.ts";
import type { Column } from "../../lib/bill/table.ts";
import { Link } from "../link.tsx";
import { Bar } from "./bar.tsx";
import { Segments } from "./segments.tsx";
import { Table } from "./table.tsx";

interface GroupsProps {
  view: BillView;
  change: Change;
  by: Breakdown["by"] | undefined;
}

export const GROUPS = [
  ["project", "Project"],
  ["branch", "Branch"],
  ["model", "Model"],
  ["agent", "Agent"],
  ["skill", "Skill"],
  ["tool", "Tool"],
  ["server", "MCP server"],
] as const satisfies [BillBy, string][];

/** The same money told apart by one thing or another; a row filters all the rest. */
export function Groups({ view, change, by }: GroupsProps): JSX.Element {
  const { group, only } = view;
  const rows = by?.[group] ?? [];
  const [, name] = GROUPS.find(([name]) => name === group) ?? GROUPS[0];
  const title = `By ${name === "MCP server" ? name : name.toLowerCase()}`;
  const choose = (name: string) =>
    change({ only: { ...only, [group]: only[group] === name ? undefined : name } });
  return (
    <section class="box" id="groups" tabIndex={-1} aria-label={title}>
      <Table
        title={title}
        aside={
          <Segments label="Group by" choices={GROUPS} chosen={group} onChoose={g => change({ group: g })} />
        }
        rows={rows.filter(({ costUsd, requests }) => costUsd > 0 || requests > 0)}
        columns={columnsOf(rows, group, name, choose)}
        id={row => row.name}
        first={{ column: "Cost", descending: true }}
        chosen={only[group]}
        empty="Nothing was spent in this range."
      />
    </section>
  );
}

function columnsOf(
  rows: Share[],
  group: BillBy,
  title: string,
  choose: (name: string) => void,
): Column<Share>[] {
  const most = Math.max(0, ...rows.map(({ costUsd }) => costUsd));
  const all = rows.reduce((sum, { costUsd }) => sum + costUsd, 0);
  const label = ({ name }: Share) => labelOf(group, name);
  const calls = group === "tool" || group === "server";
  const times = (row: Share) => (calls ? row.calls : row.requests);
  const draw = (row: Share) => (
    <span class="named">
      <Bar part={row.costUsd} whole={most} />
      <Link title={`Show only ${label(row)}`} onPress={() => choose(row.name)}>
        {label(row)}
      </Link>
    </span>
  );
  return [
    { title, left: true, value: label, draw },
    { title: "Cost", value: row => row.costUsd, draw: row => cents(row.costUsd) },
    { title: "Share", value: row => row.costUsd / (all || 1), draw: row => percent(row.costUsd, all) },
    {
      title: calls ? "Calls" : "Requests",
      value: times,
      draw: row => times(row).toLocaleString("en"),
    },
  ];
}
