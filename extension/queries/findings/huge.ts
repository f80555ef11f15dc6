import { baseName, oneLine } from "../../base/format.ts";
import type { Case } from "./case.ts";
import { carried, type Pattern } from "./pattern.ts";

/** Outputs of more tokens are huge, and these would have been enough. */
const HUGE = 10_000;
const ENOUGH = 2000;

/** Outputs of which most was surely of no use, carried on with every request from then on. */
export function huge(of: Case): Pattern[] {
  return of.calls
    .filter(call => call.tokens >= HUGE)
    .map(({ id, name, agent, at, day, tokens, target, kind }) => ({
      rule: "huge",
      subject: (name === "Read" ? baseName(target ?? "") : oneLine(target ?? "", 60)) || name,
      ...{ times: 1, tokens, saved: carried(of, agent, at, tokens - ENOUGH), day, step: id },
      kinds: [kind],
    }));
}
