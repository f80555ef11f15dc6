import type { JSX } from "preact";
import type { DerivationWanted } from "../../../extension/bill.ts";
import type { BilledPrompt } from "../../../extension/pages.ts";
import { shownOf, useAsked } from "../../asked.ts";
import { billHost } from "../../host.ts";
import type { Column } from "../../lib/bill/table.ts";
import { Amount } from "./amount.tsx";
import { Bar } from "./bar.tsx";
import { Table } from "./table.tsx";

interface PromptsProps {
  session: string;
  onExplain: (wanted: DerivationWanted) => void;
}

/** What each prompt of a session cost. */
export function Prompts({ session, onExplain }: PromptsProps): JSX.Element {
  const [answer] = useAsked(() => billHost.prompts(session), session);
  const prompts = shownOf(answer) ?? [];
  const most = Math.max(0, ...prompts.map(({ costUsd }) => costUsd));
  return (
    <section class="box" aria-label="Prompts">
      <Table
        title="Prompts"
        aside="each with what followed it, sub-agents included"
        rows={prompts}
        columns={columnsOf(session, most, onExplain)}
        id={row => row.id}
        first={{ column: "Cost", descending: true }}
        empty={answer.kind === "loading" ? "Reading…" : "Nobody prompted anything in it."}
      />
    </section>
  );
}

function columnsOf(
  session: string,
  most: number,
  onExplain: PromptsProps["onExplain"],
): Column<BilledPrompt>[] {
  const named = ({ text, costUsd }: BilledPrompt) => (
    <span class="named">
      <Bar part={costUsd} whole={most} />
      <span title={text}>{text}</span>
    </span>
  );
  const cost = ({ id, costUsd }: BilledPrompt) => (
    <Amount costUsd={costUsd} of={{ session, prompt: id }} onExplain={onExplain} />
  );
  return [
    { title: "Prompt", left: true, value: row => row.text, draw: named },
    { title: "Cost", value: row => row.costUsd, draw: cost },
    { title: "Tool calls", value: row => row.steps, draw: row => row.steps.toLocaleString("en") },
  ];
}
