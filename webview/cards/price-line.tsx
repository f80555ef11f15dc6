import type { JSX } from "preact";
import { money, short } from "../../extension/base/format.ts";
import type { Step } from "../../extension/protocol.ts";
import type { Story } from "../lib/story.ts";
import { modelName } from "../lib/words.ts";

/** The request that a step came from: its four token buckets, and its price. */
export function PriceLine({ step, story }: { step: Step; story: Story }): JSX.Element {
  const request = story.requests.get(step.requestId ?? "");
  if (!request) return <span />;
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output } = request.tokens;
  const buckets: [string, number][] = [
    ["input", input],
    ["cache read", cacheRead],
    ["cache write", cacheWrite5m + cacheWrite1h],
    ["output", output],
  ];
  const priced = request.costUsd > 0 || request.model === null;
  return (
    <span class="price" title="What the request took that this step came from">
      {request.model && <span>{modelName(request.model)}</span>}
      {buckets.map(([name, tokens]) => (
        <span key={name}>
          {name} <b>{short(tokens)}</b>
        </span>
      ))}
      <span>{priced ? money(request.costUsd) : "price not known"}</span>
    </span>
  );
}
