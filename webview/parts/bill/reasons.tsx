import type { JSX } from "preact";
import { cents } from "../../../extension/base/format.ts";
import type { Reasons } from "../../../extension/bill.ts";
import { billHost } from "../../host.ts";
import { spokenDay } from "../../lib/bill/range.ts";
import { Link } from "../link.tsx";

interface WhyProps {
  day: string;
  reasons: Reasons | undefined;
  now: number;
}

/** The few things that made a day expensive, in words. */
export function Why({ day, reasons, now }: WhyProps): JSX.Element {
  const over = reasons ? reasons.costUsd - reasons.usualUsd : 0;
  const parts = reasons?.parts ?? [];
  const name = spokenDay(day, now);
  return (
    <section class="box" aria-label="Why a day was expensive">
      <header>
        <h2>
          Why was {name === "today" ? "today" : name}{" "}
          {parts.length > 0 || !reasons ? "expensive?" : "not expensive?"}
        </h2>
        <span class="aside">{reasons && over > 0 && `+${cents(over)} over usual`}</span>
      </header>
      <ul class="causes">
        {parts.map(part => (
          <li key={`${part.what} ${part.session?.id}`}>
            <b>+{cents(part.costUsd)}</b>
            <span>
              {part.what} {part.session && <Replay session={part.session} step={part.step} />}
            </span>
          </li>
        ))}
      </ul>
      {reasons && parts.length === 0 && (
        <p class="aside">
          It cost {cents(reasons.costUsd)};{" "}
          {reasons.usualUsd > 0
            ? `a usual day is ${cents(reasons.usualUsd)}.`
            : "there is nothing to compare it with yet."}
        </p>
      )}
    </section>
  );
}

interface ReplayProps {
  session: { id: string; title: string };
  step: string | null;
}

/** Opens a session where something was seen. */
export function Replay({ session, step }: ReplayProps): JSX.Element {
  return (
    <Link class="to" title="Open the replay" onPress={() => void billHost.openReplay(session.id, step)}>
      {session.title || "this session"}
    </Link>
  );
}
