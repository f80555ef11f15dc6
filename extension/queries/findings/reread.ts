import { baseName } from "../../base/format.ts";
import type { Call, Case } from "./case.ts";
import { carried, grouped, type Pattern } from "./pattern.ts";

const OFTEN = 5;
/** Nobody minds short files. */
const SHORT = 500;

/** The same file read whole again and again by the same agent; what it read after an edit of its own may be news. */
export function reread(of: Case): Pattern[] {
  const edited = (from: Call, to: Call) => of.calls.some(c => c.edits > 0 && c.at > from.at && c.at < to.at);
  const reads = of.calls.filter(call => call.name === "Read" && !call.failed && !call.part);
  const files = grouped(reads, call => (call.target === null ? null : `${call.agent}\n${call.target}`));
  return [...files].flatMap(([key, calls]) => {
    const again = calls.filter((call, i) => {
      const before = calls[i - 1];
      return before !== undefined && call.tokens >= SHORT && !edited(before, call);
    });
    const last = again.at(-1);
    if (!last || again.length + 1 < OFTEN) return [];
    const saved = again.reduce((sum, call) => sum + carried(of, call.agent, call.at, call.tokens), 0);
    const subject = baseName(key.split("\n")[1] ?? "");
    const about = { rule: "reread", subject, times: again.length + 1, tokens: last.tokens } as const;
    return [{ ...about, saved, day: last.day, kinds: calls.map(({ kind }) => kind), step: last.id }];
  });
}
