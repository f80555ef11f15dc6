import type { JSX } from "preact";
import { cents, percent } from "../../../extension/base/format.ts";
import type { Breakdown } from "../../../extension/bill.ts";
import type { Usage } from "../../../extension/questions.ts";
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
  used: Record<"project" | "model" | "agent", Usage[]>;
  tools: Breakdown["tools"];
}

const GROUPS = [
  ["project", "Project"],
  ["model", "Model"],
  ["agent", "Agent"],
  ["tool", "Tool"],
] as const;
const TITLES = { project: "By project", model: "By model", agent: "By agent", tool: "By tool" };

interface Row {
  name: string;
  costUsd: number;
  count: number;
}

/** The same money by project, model, agent or tool; a row filters all the rest. */
export function Groups({ view, change, used, tools }: GroupsProps): JSX.Element {
  const { group, only } = view;
  const rows: Row[] =
    group === "tool"
      ? tools.map(({ name, costUsd, calls }) => ({ name, costUsd, count: calls }))
      : used[group].map(({ name, costUsd, requests }) => ({ name, costUsd, count: requests }));
  const chosen = group === "tool" ? undefined : only[group];
  const choose = (name: string) =>
    group !== "tool" && change({ only: { ...only, [group]: chosen === name ? undefined : name } });
  return (
    <section class="box" id="groups" tabIndex={-1} aria-label={TITLES[group]}>
      <Table
        title={TITLES[group]}
        aside={
          <Segments label="Group by" choices={GROUPS} chosen={group} onChoose={g => change({ group: g })} />
        }
        rows={rows.filter(({ costUsd, count }) => costUsd > 0 || count > 0)}
        columns={columnsOf(rows, group, group === "tool" ? undefined : choose)}
        id={row => row.name}
        first={{ column: "Cost", descending: true }}
        chosen={chosen}
        empty="Nothing was spent in this range."
      />
    </section>
  );
}

function columnsOf(rows: Row[], group: BillView["group"], choose?: (name: string) => void): Column<Row>[] {
  const most = Math.max(0, ...rows.map(({ costUsd }) => costUsd));
  const all = rows.reduce((sum, { costUsd }) => sum + costUsd, 0);
  const label = ({ name }: Row) => labelOf(group, name);
  const title = (GROUPS.find(([name]) => name === group) ?? GROUPS[0])[1];
  const draw = (row: Row) => (
    <span class="named">
      <Bar part={row.costUsd} whole={most} />
      {choose ? (
        <Link title={`Show only ${label(row)}`} onPress={() => choose(row.name)}>
          {label(row)}
        </Link>
      ) : (
        <span title={row.name}>{label(row)}</span>
      )}
    </span>
  );
  return [
    { title, left: true, value: label, draw },
    { title: "Cost", value: row => row.costUsd, draw: row => cents(row.costUsd) },
    { title: "Share", value: row => row.costUsd / (all || 1), draw: row => percent(row.costUsd, all) },
    {
      title: group === "tool" ? "Calls" : "Requests",
      value: row => row.count,
      draw: row => row.count.toLocaleString("en"),
    },
  ];
}
