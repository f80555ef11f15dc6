import type { JSX } from "preact";
import { cents } from "../../../extension/base/format.ts";
import type { WeekStart } from "../../../extension/bill.ts";

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

interface HeatProps {
  /** By the hour of the week, Monday first. */
  hours: number[];
  weekStart: WeekStart;
}

/** At which hours the money went; the deeper the colour the more. */
export function Heat({ hours, weekStart }: HeatProps): JSX.Element {
  const most = Math.max(0, ...hours);
  const days = [0, 1, 2, 3, 4, 5, 6].map(i => (weekStart === "sunday" ? (i + 6) % 7 : i));
  return (
    <section class="box heat" aria-label="By the hour">
      <header>
        <h2>By the hour</h2>
        <span class="aside">{most > 0 && `up to ${cents(most)}`}</span>
      </header>
      <table>
        <thead>
          <tr>
            <td />
            {HOURS.map(hour => (
              <th scope="col" key={hour}>
                <span class={hour % 6 === 0 ? "" : "unseen"}>{String(hour).padStart(2, "0")}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map(day => (
            <tr key={day}>
              <th scope="row">{DAYS[day]}</th>
              {HOURS.map(hour => (
                <Hour
                  key={hour}
                  name={`${DAYS[day]} ${hour}:00`}
                  costUsd={hours[day * 24 + hour] ?? 0}
                  most={most}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Hour({ name, costUsd, most }: { name: string; costUsd: number; most: number }): JSX.Element {
  const deep = costUsd > 0 ? 0.15 + 0.85 * Math.sqrt(costUsd / most) : 0;
  return (
    <td title={`${name}: ${cents(costUsd)}`}>
      <span class="hour" style={{ opacity: deep }} aria-hidden="true" />
      <span class="unseen">{costUsd > 0 ? cents(costUsd) : ""}</span>
    </td>
  );
}
