import type { JSX } from "preact";
import { count, money } from "../../../extension/base/format.ts";
import type { Derivation } from "../../../extension/bill.ts";

/** What we count beside what Claude Code itself said, and what the difference is. */
export function Reconciled({ derivation }: { derivation: Derivation }): JSX.Element {
  const { requests, costUsd, saidUsd, earlierUsd, unattributedUsd, session } = derivation;
  const counted = requests.filter(({ countedIn }) => countedIn === null);
  const copies = requests.length - counted.length;
  const ahead = saidUsd === null ? 0 : earlierUsd + costUsd + unattributedUsd - saidUsd;
  return (
    <section class="box" aria-label="How it adds up">
      <dl class="sum">
        <Line
          amount={costUsd}
          what={`${count(counted.length, "request")} that the transcript shows, each counted once`}
        />
        {copies > 0 && (
          <Line
            amount={null}
            what={`${count(copies, "request")} copied from the session it was forked from; they count there`}
          />
        )}
        {unattributedUsd > 0 && (
          <Line
            amount={unattributedUsd}
            what="not attributed: Claude Code counted it and wrote no response down, as when it compacts, finds a title or is interrupted"
          />
        )}
        {earlierUsd > 0 && <Line amount={earlierUsd} what="spent before by the session it was forked from" />}
        {saidUsd !== null && (
          <Line amount={saidUsd} what={<b>what Claude Code itself said when it ended</b>} />
        )}
      </dl>
      {session.unpricedModels.length > 0 && (
        <p class="dear">
          The price of {session.unpricedModels.join(", ")} is not known, so its requests are not in the sum.
          You can say what you pay in the setting agentTrace.prices.
        </p>
      )}
      {ahead > 1e-9 && (
        <p class="aside">
          That is {money(ahead)} less than its responses took. It said so before the last of them, or was
          stopped before it could.
        </p>
      )}
      {saidUsd === null && derivation.prompt === null && (
        <p class="aside">
          Claude Code did not write down what it counted itself, as it does when a session ends.
        </p>
      )}
    </section>
  );
}

function Line({ amount, what }: { amount: number | null; what: JSX.Element | string }): JSX.Element {
  return (
    <div>
      <dt>{amount === null ? "–" : money(amount)}</dt>
      <dd>{what}</dd>
    </div>
  );
}
