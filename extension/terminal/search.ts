import { ExpectedError } from "../base/expected-error.ts";
import type { Match } from "../questions.ts";
import { asJson } from "./json.ts";
import { Misuse, whole } from "./misuse.ts";
import type { Paint } from "./paint.ts";
import { reading } from "./progress.ts";
import type { Verb } from "./verb.ts";
import { SHORT } from "./which.ts";
import { cut, padded, shown } from "./width.ts";

const MOST = 50;
/** So many are asked for at once. */
const PAGE = 1000;

export const search: Verb = {
  takes: "WORD…",
  does: "where words were said or done, in prompts, answers, commands, outputs and edits",
  more: "All words must be there. It ends with 1 when they are nowhere.",
  options: ["limit"],
  examples: ["agent-trace search flaky test", 'agent-trace search "cart.ts" --limit 5'],
  paged: true,
  async run(terminal, words) {
    const { owner, json, print, options, width, paint } = terminal;
    const q = words.join(" ");
    if (q.trim() === "") throw new Misuse("search wants words to look for.");
    const limit = whole(options.limit ?? String(MOST), "--limit");
    await reading(terminal);
    const matches: Match[] = [];
    let from: string | undefined;
    do {
      const found = await owner.search({
        q,
        limit: Math.min(PAGE, limit - matches.length),
        ...(from && { from }),
      });
      matches.push(...found.matches);
      from = found.next;
    } while (from !== undefined && matches.length < limit);
    matches.splice(limit);
    if (json) print(asJson(matches));
    else if (matches.length > 0) print(said(matches, q, width, paint).join("\n"));
    if (matches.length === 0) throw new ExpectedError(`Nobody said or did anything with ${q} in it.`);
    if (from !== undefined && !json) print(`\nThere may be more: --limit ${limit * 2}`);
  },
};

/** What was found, below the session it was found in. */
function said(matches: Match[], q: string, width: number, paint: Paint): string[] {
  const words = q
    .split(/\s+/)
    .flatMap(word => (word === "" ? [] : [word.replace(/[^\p{L}\p{N}]/gu, "\\$&")]));
  const needle = new RegExp(words.join("|"), "giu");
  return matches.flatMap((match, i) => {
    const { sessionId, title, name, promptId, stepId, snippet } = match;
    const isNew = sessionId !== matches[i - 1]?.sessionId;
    const head = `${sessionId.slice(0, SHORT)}  ${cut(shown(title), width - SHORT - 2)}`;
    const where = stepId ? (name ?? "said") : promptId ? "prompt" : "title";
    const line = cut(shown(snippet).trim(), width - 14);
    const lit = line.replace(needle, word => paint("yellow", word));
    const found = `  ${paint("blue", padded(shown(where), 10))}  ${lit}`;
    return isNew ? [...(i > 0 ? [""] : []), paint("bold", head), found] : [found];
  });
}
