import { oneLine } from "../base/format.ts";
import { blocksOf, userLine } from "../clean/prompts.ts";
import { readable } from "../clean/skim.ts";
import type { Engine } from "../db/engine.ts";
import type { Step } from "../protocol.ts";
import type { Agents } from "./agents.ts";
import { saidIn, targetOf } from "./label.ts";
import type { Requests } from "./requests.ts";
import { dollars } from "./spent.ts";
import type { Spot, Words } from "./words.ts";

export interface StepRow extends Spot {
  id: string;
  at: number;
  kind: Step["kind"];
  name: string | null;
  prompt: string | null;
  request: string | null;
  agent: string | null;
  ended_at: number | null;
  status: Step["status"] | null;
  duration: number | null;
  asked: number | null;
  decided_at: number | null;
  said_size: number | null;
  told_size: number | null;
  failure_type: string | null;
  failure_code: string | null;
  added: number;
  removed: number;
}

// What only hooks told of so far has no place in a transcript yet.
const STEPS = `select coalesce(r.at, r.ended_at, 0) as at, r.id, r.offset, r.length, f.path,
    r.kind, r.name, r.prompt, r.request, r.agent, r.ended_at, r.status, r.duration, r.asked, r.decided_at, r.said_size, r.told_size,
    x.type as failure_type, x.code as failure_code,
    (select coalesce(sum(added), 0) from edit where step = r.id) as added,
    (select coalesce(sum(removed), 0) from edit where step = r.id) as removed
  from step r left join source f on f.id = r.source left join failure x on x.step = r.id`;
const OF_SESSION = "where r.session = ? and r.kind is not null order by r.at, r.offset";

/** All steps of a session. */
export function stepRows(db: Engine, session: number): StepRow[] {
  return db.all<StepRow>(`${STEPS} ${OF_SESSION}`, [session]);
}

/** The ids of all of them, in the same order. */
export function stepIds(db: Engine, session: number): string[] {
  return db.all<{ id: string }>(`select r.id from step r ${OF_SESSION}`, [session]).map(({ id }) => id);
}

/** As much of a step as tells where it belongs. */
export type StepPlace = Pick<StepRow, "id" | "at" | "kind" | "agent" | "prompt" | "request">;

/** Where some steps belong, and all that share a request with them, and the calls that started sub-agents. */
export function stepPlaces(db: Engine, session: number, ids: string[]): StepPlace[] {
  const some = `(${ids.map(() => "?").join(", ")})`;
  const near = `request in (select request from step where id in ${some})`;
  return db.all<StepPlace>(
    `with r as (select * from step where id in (
       select id from step where session = ? and (${near} or id in (select step from agent where session = ?))
       union select id from step where id in ${some}))
     select coalesce(r.at, r.ended_at, 0) as at, r.id, r.kind, r.agent, r.prompt, r.request from r ${OF_SESSION}`,
    [session, ...ids, session, ...ids, session],
  );
}

/** Some steps, in the order of their ids. */
export function someSteps(db: Engine, ids: string[]): StepRow[] {
  const rows = db.all<StepRow>(`${STEPS} where r.id in (${ids.map(() => "?").join(", ")})`, ids);
  const byId = new Map(rows.map(row => [row.id, row]));
  return ids.flatMap(id => byId.get(id) ?? []);
}

/** A step as it is shown; `running` when its session is. */
export function dressStep(
  row: StepRow,
  words: Words,
  requests: Requests,
  agents: Agents,
  running: boolean,
): Step {
  const { id, kind, name, at, added, removed, agent } = row;
  const waited = waitedOf(row);
  return {
    ...{ id, kind, name, target: target(row, words) },
    status: statusOf(row, running),
    failure: row.failure_type === null ? null : { type: row.failure_type, code: row.failure_code ?? "error" },
    startedAt: at,
    waitedMs: waited,
    durationMs: row.duration ?? (row.ended_at === null ? null : Math.max(0, row.ended_at - at - waited)),
    ...{ added, removed, agentId: agent, requestId: row.request },
    costUsd: dollars(requests.shareOf(row) + agents.costOfCall(id)),
    ...{ saidBytes: row.said_size ?? 0, toldBytes: row.told_size ?? 0 },
  };
}

/** For how long the user was waited for, if they were asked: until they answered, or else until the call ran. */
function waitedOf({ asked, at, decided_at, ended_at, status, duration }: StepRow): number {
  if (asked === null) return 0;
  const ran = ended_at === null || duration === null ? null : ended_at - duration;
  return Math.max(0, (decided_at ?? (status === "denied" ? ended_at : ran) ?? at) - at);
}

/** A call without an end was cut short, unless it is still at it; what was left in the background went well so far. */
function statusOf({ status }: StepRow, running: boolean): Step["status"] {
  if (status === null) return running ? "running" : "interrupted";
  return status === "running" && !running ? "ok" : status;
}

function target(row: StepRow, words: Words): string | null {
  switch (row.kind) {
    case "tool":
      return targetOfCall(row, words);
    case "command": {
      const [line, kept] = [words.line(row), words.kept("command", row.id)];
      const what = userLine(kept === undefined ? line : { type: "user", message: { content: kept } });
      return what.kind === "command" ? readable(what.text) : null;
    }
    default: {
      const said = saidIn(words.line(row), row.id) ?? words.kept(row.kind, row.id);
      return said === undefined ? null : oneLine(readable(said), 300) || null;
    }
  }
}

function targetOfCall(row: StepRow, words: Words): string | null {
  const block = blocksOf(words.line(row)).find(block => block.id === row.id);
  const kept = block ? undefined : words.kept("input", row.id);
  return targetOf(block ?? (kept === undefined ? undefined : { input: JSON.parse(kept) }));
}
