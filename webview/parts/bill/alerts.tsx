import type { JSX } from "preact";
import type { Alert, AlertDelivery } from "../../../extension/alert.ts";
import { alertWords } from "../../../extension/base/alert-words.ts";
import { moment } from "../../../extension/base/format.ts";
import { timeZone } from "../../../extension/base/zone.ts";
import { shownOf, useAsked } from "../../asked.ts";
import { billHost } from "../../host.ts";
import { Link } from "../link.tsx";

/** So many fit beside the rest. */
const MOST = 8;

/** What was told of last; nothing at all for those who want to be told of nothing. */
export function Alerts(): JSX.Element | null {
  const [answer] = useAsked(() => billHost.alerts(MOST));
  const alerts = shownOf(answer) ?? [];
  if (alerts.length === 0) return null;
  const open = alerts.filter(({ endedAt }) => endedAt === null).length;
  return (
    <section class="box" aria-label="Alerts">
      <header>
        <h2>Alerts</h2>
        <span class="aside">{open > 0 ? `${open} still so` : "all over"}</span>
      </header>
      <ul class="causes alerts">
        {alerts.map(alert => (
          <Entry key={alert.id} alert={alert} />
        ))}
      </ul>
    </section>
  );
}

function Entry({ alert }: { alert: Alert }): JSX.Element {
  const { at, level, endedAt, session, deliveries } = alert;
  return (
    <li class={endedAt === null ? level : "ended"}>
      <b title={new Date(at).toLocaleString(undefined, { timeZone: timeZone() })}>{moment(at, Date.now())}</b>
      <span>
        {alertWords(alert)} {endedAt === null && <span class="trend">still so</span>}
        {session && (
          <Link class="quiet" onPress={() => void billHost.openReplay(session.id, null)}>
            Show session
          </Link>
        )}
        {deliveries.map(delivery => (
          <span class="advice" key={delivery.way}>
            {arrived(delivery)}
          </span>
        ))}
      </span>
    </li>
  );
}

function arrived({ way, state, why }: AlertDelivery): string {
  const by = way === "email" ? "mail" : way;
  if (state === "sent") return `Sent by ${by}.`;
  if (state === "failed") return `It could not be sent by ${by}. ${why}`;
  return why === null ? `It is being sent by ${by}.` : `It is tried again by ${by}. ${why}`;
}
