import { oneLine } from "../../base/format.ts";
import type { Call, Case } from "./case.ts";
import { grouped, type Pattern } from "./pattern.ts";

const OFTEN = 3;

/** The same command failing again and again with nothing changed in between: after an edit it may well be tried again. */
export function loop(of: Case): Pattern[] {
  const runs = [...grouped(of.calls, call => call.agent).values()].flatMap(runsOf);
  return runs.flatMap(calls => {
    const last = calls.at(-1);
    if (!last || calls.length < OFTEN) return [];
    const saved = calls.slice(1).reduce((sum, call) => sum + call.cost, 0);
    const subject = oneLine(last.target ?? "", 60);
    const about = { rule: "loop", subject, times: calls.length, tokens: 0 } as const;
    return [{ ...about, saved, day: last.day, kinds: calls.map(({ kind }) => kind), step: last.id }];
  });
}

/** Failures of one command that follow each other, whatever was read in between. */
function runsOf(calls: Call[]): Call[][] {
  const runs: Call[][] = [];
  let run: Call[] = [];
  for (const call of calls) {
    if (call.edits > 0) run = [];
    if (call.name !== "Bash" || call.target === null) continue;
    const again = call.failed && run[0]?.target === call.target;
    if (!again) run = [];
    if (call.failed) run.push(call);
    if (call.failed && !again) runs.push(run);
  }
  return runs;
}
