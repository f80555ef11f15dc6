import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { cents } from "../../../extension/base/format.ts";
import type { Finding } from "../../../extension/bill.ts";
import { billHost } from "../../host.ts";
import { Link } from "../link.tsx";
import { IconButton } from "./icon-button.tsx";
import { Replay } from "./reasons.tsx";

interface FindingsProps {
  findings: Finding[] | undefined;
  dismissed: string[];
  onDismissed: () => void;
}

/** Patterns that waste money, what each could save, and what to do about it. */
export function Findings({ findings, dismissed, onDismissed }: FindingsProps): JSX.Element {
  const shown = (findings ?? []).filter(({ id }) => !dismissed.includes(id));
  const trends = (["new", "better", "solved"] as const)
    .map(trend => [trend, shown.filter(finding => finding.trend === trend).length] as const)
    .filter(([, times]) => times > 0);
  const dismiss = (id: string) => void billHost.dismiss(id).then(onDismissed);
  return (
    <section class="box" aria-label="Findings">
      <header>
        <h2>Findings</h2>
        <span class="aside">{trends.map(([trend, times]) => `${times} ${trend}`).join(" · ")}</span>
      </header>
      <ul class="causes findings">
        {shown.map(finding => (
          <Entry key={finding.id} finding={finding} onDismiss={() => dismiss(finding.id)} />
        ))}
      </ul>
      {shown.length === 0 && (
        <p class="aside">{findings ? "Nothing here wastes money that we know of." : "Looking…"}</p>
      )}
    </section>
  );
}

function Entry({ finding, onDismiss }: { finding: Finding; onDismiss: () => void }): JSX.Element {
  const { subject, what, advice, savedUsd, session, step, trend } = finding;
  const [open, setOpen] = useState(false);
  return (
    <li class={trend}>
      <b class="dear" title="What it could have saved in this range, about">
        {savedUsd > 0 ? cents(savedUsd) : "time"}
      </b>
      <span>
        {subject && (
          <>
            <code>{subject}</code>{" "}
          </>
        )}
        {what} {trend !== "same" && <span class="trend">{trend}</span>}
        <Link class="quiet" expanded={open} onPress={() => setOpen(!open)}>
          How to fix
        </Link>
        {open && (
          <span class="advice">
            {advice} Seen in <Replay session={session} step={step} />.
          </span>
        )}
      </span>
      <IconButton icon="close" label="Dismiss this finding" onPress={onDismiss} />
    </li>
  );
}
