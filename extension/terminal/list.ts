import { resolve } from "node:path";
import { baseName, cents, lines, moment, work } from "../base/format.ts";
import type { SessionRow } from "../protocol.ts";
import { asJson } from "./json.ts";
import { whole } from "./misuse.ts";
import { noneOf } from "./none.ts";
import { reading } from "./progress.ts";
import { sinceOf } from "./since.ts";
import type { Verb } from "./verb.ts";
import { SHORT } from "./which.ts";
import { cut, shown, widthOf } from "./width.ts";

/** So many are shown unless more are asked for. */
const MANY = 100;
/** So much of a title is shown, whatever else there is to say. */
const TITLE = 28;

/** Prints the sessions once all transcripts have been read. */
export const list: Verb = {
  does: "the sessions, newest first, with what they cost",
  options: ["since", "project", "limit"],
  examples: ["agent-trace list --limit 10", "agent-trace list --since 7d --json | jq '.[0]'"],
  paged: true,
  async run(terminal) {
    const { owner, json, print, options, width, paint } = terminal;
    const limit = options.limit === undefined ? undefined : whole(options.limit, "--limit");
    // Of each the title is read from its transcript, and nobody reads thousands; one more tells that there are more.
    const most = limit ?? (json ? undefined : MANY + 1);
    await reading(terminal);
    const since = options.since === undefined ? undefined : sinceOf(options.since, Date.now());
    const wanted = { since, limit: most, project: options.project && resolve(options.project) };
    const said = Object.entries(wanted).filter(([, value]) => value !== undefined);
    const found = await owner.sessions(Object.fromEntries(said));
    if (json) return print(asJson(found));
    const sessions = found.slice(0, limit ?? MANY);
    const costs = sessions.map(({ costUsd }) => cents(costUsd));
    const widest = Math.max(0, ...costs.map(cost => cost.length));
    const rows = sessions.map((session, i) => {
      const when = moment(session.endedAt, Date.now()).padEnd(15);
      const start = `${session.id.slice(0, SHORT)}  ${when}  ${(costs[i] ?? "").padStart(widest)}  `;
      const room = width - widthOf(start);
      const title = shown(session.title);
      const aside = asideOf(session, room - Math.min(TITLE, widthOf(title)));
      return paint("dim", start) + cut(title, room - widthOf(aside)) + paint("dim", aside);
    });
    print(rows.join("\n") || (await noneOf(terminal)));
    if (found.length > sessions.length)
      print(paint("dim", `These are the newest ${MANY}. For more: agent-trace list --limit ${10 * MANY}`));
  },
};

/** As much as there is room for beside the title. */
function asideOf(session: SessionRow, room: number): string {
  const { linesAdded, linesRemoved, status } = session;
  const state = status === "done" ? "" : status;
  const parts = [baseName(session.project), state, work(session), lines(linesAdded, linesRemoved)];
  const said = parts.filter(Boolean).map(shown);
  const asides = said.map((_, i) => `  (${said.slice(0, i + 1).join(", ")})`);
  return asides.findLast(aside => widthOf(aside) <= room) ?? "";
}
