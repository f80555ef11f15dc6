import { diffLines } from "../clean/line-diff.ts";
import { isSame } from "../clean/patch.ts";
import type { FileVersion } from "../questions.ts";
import type { Version } from "./story.ts";

/** What some steps did to a file, and what is left of it in the end; nothing when it came and went again. */
export interface Net {
  steps: Version[];
  file: FileVersion | undefined;
}

/** One file of each two of which the one went and the other came in the same step, with the same text. */
export function withoutRenamed(nets: Net[]): FileVersion[] {
  const gone = new Set<Net>();
  const joined = nets.map(net => {
    const former = net.file && formerOf(net, nets, gone);
    if (!net.file || !former?.file) return { net, file: net.file };
    const { path, before, mixed } = former.file;
    const counts = diffLines(before ?? "", net.file.after ?? "");
    return { net, file: { ...net.file, ...counts, status: "renamed" as const, from: path, before, mixed } };
  });
  return joined.flatMap(({ net, file }) => (gone.has(net) || !file ? [] : [file]));
}

/** The file under its first name, if it had one; none of its former names stands for a file any more. */
function formerOf(net: Net, nets: Net[], gone: Set<Net>): Net | undefined {
  let former: Net | undefined;
  for (let next = originOf(net, nets, gone); next; next = originOf(next, nets, gone)) {
    gone.add(next);
    former = next;
  }
  return former;
}

function originOf({ steps, file }: Net, nets: Net[], gone: Set<Net>): Net | undefined {
  const [came] = steps;
  if (came?.status !== "renamed" || file?.kind === "hunks") return undefined;
  return nets.find(net => {
    const went = net.steps.at(-1);
    if (went?.status !== "deleted" || went.row.step !== came.row.step) return false;
    if (gone.has(net) || net.file?.kind === "hunks") return false;
    return went.before && came.after && isSame(went.before, came.after);
  });
}
