import { join } from "node:path";
import { agentCall } from "./agent.ts";
import { tokensOf } from "./call.ts";
import { WideChance } from "./chance.ts";
import { apiError, attach, costState, latch, refused, snapshotFiles, stop } from "./client-says.ts";
import { Conversation } from "./conversation.ts";
import { uuid } from "./ids.ts";
import { Account } from "./ledger.ts";
import { LineFile } from "./line-file.ts";
import type { Material } from "./material.ts";
import type { Plan } from "./plan.ts";
import type { Setting } from "./setting.ts";
import { Thread } from "./thread.ts";
import type { Tally } from "./truth.ts";

const [MINUTE, DAY] = [60_000, 24 * 60 * 60_000];
/** How long somebody stays away. */
const MINUTES = [5000, 30 * MINUTE] as const;
const DAYS = [30 * MINUTE, 3 * DAY] as const;

/** A session that is told: which one it is, and how many turns it has. */
export interface Told {
  id: string;
  plan: Plan;
  turns: number;
}

/** Where sessions are written, and what they are made of. */
export interface Studio {
  projects: string;
  material: Material;
  tally: Tally;
  now: number;
}

/** What a fork has of another session: its story up to a turn. */
export interface History {
  of: Told;
  turns: number;
}

/** Tells a session from its first line to its last, turn by turn. */
export class Session {
  readonly id: string;
  readonly #studio: Studio;
  readonly #plan: Plan;
  readonly #thread: Thread;
  readonly #setting: Setting;
  readonly #conversation: Conversation;
  #began: number;

  constructor(studio: Studio, plan: Plan) {
    const { material, tally, projects, now } = studio;
    const { model, cache, hooks, project, branch, entrypoint } = plan;
    this.id = uuid(new WideChance(plan.seed, 0));
    this.#studio = studio;
    this.#plan = plan;
    this.#began = plan.at;
    const folder = join(projects, project.replaceAll(/[^A-Za-z0-9]/g, "-"), this.id);
    const place = { session: this.id, cwd: project, branch, entrypoint };
    const thread = new Thread(new LineFile(`${folder}.jsonl`), place, plan.at, now);
    const account = new Account();
    const setting = { model, cache, hooks, material, client: material.client.session, tally, account };
    const agent = (promptId: string) => agentCall({ thread, setting, folder, now }, promptId);
    this.#thread = thread;
    this.#setting = setting;
    this.#conversation = new Conversation(thread, { ...setting, agent });
  }

  /** Up to so many bytes, or to its planned end; a fork tells its history first. */
  tell(room: number, history?: History): Told {
    const { file } = this.#thread;
    const { tally } = this.#studio;
    let turn = 0;
    if (history) {
      this.#thread.origin = history.of.id;
      for (; turn < history.turns; turn++) this.#turn(turn, history.of.plan.seed);
      this.#thread.origin = undefined;
      this.#conversation.reopen();
      this.#thread.wait(MINUTE, 60 * MINUTE);
    }
    this.#begin();
    const last = turn + this.#plan.turns;
    do this.#turn(turn++, this.#plan.seed);
    while (turn < last && file.bytes < room);
    this.#end();
    file.close(this.#thread.at);
    for (const what of ["lines", "bytes"] as const) tally.count(what, file[what]);
    tally.count("sessions");
    if (history) tally.count("forks");
    if (this.#studio.now - this.#thread.at < DAY) tally.count("recentSessions");
    return { id: this.id, plan: this.#plan, turns: turn };
  }

  /** A prompt, and all that it leads to. Each turn has chance of its own, so that a fork can tell it again. */
  #turn(turn: number, seed: number): void {
    const thread = this.#thread;
    const chance = new WideChance(seed, turn + 1);
    thread.chance = chance;
    if (turn > 0) this.#pause();
    const began = thread.at;
    const text = this.#studio.material.prose.take(
      chance,
      chance.skewed(20, chance.happens(0.05) ? 20_000 : 1500),
    );
    const promptId = uuid(chance);
    this.#prompt(text, promptId, turn);
    if (turn === 0) for (const attached of this.#setting.client.opening) attach(thread, attached);
    latch(thread, "Go on with the next part…");
    if (chance.happens(0.04)) apiError(thread);
    this.#conversation.answer(promptId, tokensOf([text]), chance.skewed(1, this.#plan.busy));
    stop(thread, this.#plan.hooks, began);
    if (chance.happens(0.06)) this.#aside(promptId);
  }

  /** Until somebody comes back to it: soon, or in another process on another day. */
  #pause(): void {
    const resumed = this.#thread.chance.happens(0.1);
    if (resumed) this.#end();
    this.#thread.wait(...(resumed ? DAYS : MINUTES));
    if (resumed) this.#begin();
  }

  #prompt(text: Buffer, promptId: string, turn: number): void {
    const thread = this.#thread;
    const cli = this.#plan.entrypoint === "cli";
    const end = `"timestamp":"${thread.time}","sessionId":"${this.id}"`;
    if (!cli) {
      thread.loose("queue-operation", [`"operation":"enqueue",${end},"content":"`, text, '"']);
      thread.loose("queue-operation", [`"operation":"dequeue",${end}`]);
    }
    const source = cli
      ? '"origin":{"kind":"human"},"promptSource":"typed","turnOrigin":"human"'
      : '"promptSource":"sdk","turnOrigin":"sdk"';
    const position = `"turnPosition":{"promptIndex":${turn},"turnIndex":${turn + 1}}`;
    thread.chained({
      before: ['"type":"user","message":{"role":"user","content":"', text, '"}'],
      after: [`"permissionMode":"bypassPermissions",${source},${position},`],
      promptId,
    });
    if (!thread.origin) this.#studio.tally.count("humanPrompts");
  }

  /** What is no prompt and no answer, though it stands where those do. */
  #aside(promptId: string): void {
    const thread = this.#thread;
    const say = (content: string, more = "") =>
      thread.chained({
        before: [`"type":"user","message":{"role":"user","content":${content}}${more}`],
        promptId,
      });
    if (thread.chance.happens(0.3)) refused(thread);
    else if (thread.chance.happens(0.4)) say('[{"type":"text","text":"[Request interrupted by user]"}]');
    else {
      say('"<local-command-caveat>Run directly, not sent to you.</local-command-caveat>"', ',"isMeta":true');
      say('"<command-name>/model</command-name>\\n  <command-args>opus</command-args>"');
      say('"<local-command-stdout>Set model to opus</local-command-stdout>"');
    }
  }

  /** A process of the client begins, or ends. */
  #begin(): void {
    const thread = this.#thread;
    this.#began = thread.at;
    if (this.#plan.entrypoint === "cli")
      thread.loose("ai-title", [`"aiTitle":"Work on ${this.#plan.branch}","sessionId":"${this.id}"`]);
    latch(thread, "");
    snapshotFiles(thread);
  }

  #end(): void {
    latch(this.#thread, "That was all…");
    costState(this.#thread, this.#setting.account, this.#began);
  }
}
