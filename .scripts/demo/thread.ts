import type { Block, Outcome, ToolCall } from "./blocks.ts";
import type { Clock } from "./clock.ts";
import { Meter, tokensOf } from "./meter.ts";
import { type ModelName, models, type Tokens } from "./prices.ts";
import { type Line, type Scope, Tally } from "./scope.ts";
import { contentOf, messageOf, type Response, respond, resultOf, timingOf } from "./shape.ts";

/** Results of quick tools are written while the response still streams. */
const QUICK_MS = 400;

/** Who speaks in a conversation. */
export type Voice = {
  model: ModelName;
  effort: string;
  agent?: { id: string; type: string };
  /** Tokens before the first message, and how many of them are in the cache already. */
  prefix: number;
  cached: number;
};

type Answer = { call: ToolCall; id: string; source: string; outcome: Outcome; ends: number };

/** One conversation: the session itself or a sub-agent. */
export class Thread {
  readonly lines: Line[] = [];
  readonly meter: Meter;
  readonly tally = new Tally();
  readonly scope: Scope;
  readonly voice: Voice;
  readonly clock: Clock;
  tip: string | null = null;
  lastUsage: Line = {};
  lastText = "";

  constructor(scope: Scope, voice: Voice, clock: Clock) {
    this.scope = scope;
    this.voice = voice;
    this.clock = clock;
    this.meter = new Meter(voice.prefix, voice.cached, scope.ids);
  }

  /** One response of the model and the results of the tools it calls. */
  reply(...blocks: Block[]): void {
    const calls = blocks.some(block => block.kind === "tool");
    const response = this.#respond(blocks, calls ? "tool_use" : "end_turn");
    const slow: Answer[] = [];
    for (const [index, block] of blocks.entries()) {
      const id = block.kind === "tool" ? this.scope.ids.tool() : "";
      const source = this.#speak(response, block, index, id);
      if (block.kind !== "tool") continue;
      const outcome = block.run(this, id);
      const answer = { call: block, id, source, outcome, ends: this.clock.now + outcome.ms };
      if (outcome.ms <= QUICK_MS) this.#answer(answer);
      else slow.push(answer);
    }
    // slow tools run side by side once the response is complete
    for (const answer of slow.sort((a, b) => a.ends - b.ends)) this.#answer(answer);
  }

  /** A response which the user stops after `text`. */
  cut(text: string): void {
    const response = respond(this.scope.ids, null, this.#request(3, 0));
    this.#speak(response, { kind: "text", text }, 0, "");
  }

  /** A tool call that still waits for its answer when the transcript ends. */
  pend(at: string, ...blocks: Block[]): void {
    const response = this.#respond(blocks, "tool_use");
    for (const [index, block] of blocks.entries()) {
      if (block.kind === "tool") this.clock.reach(new Date(at).getTime() - this.#streamMs(block));
      this.#speak(response, block, index, this.scope.ids.tool());
    }
  }

  /** Appends a line to the chain; `fields` come before its id and time, `rest` after them. */
  link(fields: Line, rest: Line = {}, uuid = this.scope.ids.uuid()): string {
    this.lines.push({
      parentUuid: this.tip,
      ...fields,
      uuid,
      timestamp: this.clock.iso,
      ...rest,
      ...this.#place(),
    });
    this.tip = uuid;
    return uuid;
  }

  /** A line of the client itself; it writes the time first. */
  system(subtype: string, fields: Line, rest: Line = {}): string {
    const uuid = this.scope.ids.uuid();
    const parents =
      subtype === "compact_boundary"
        ? { parentUuid: null, logicalParentUuid: this.tip }
        : { parentUuid: this.tip };
    const times = { timestamp: this.clock.iso, uuid };
    this.lines.push({
      ...parents,
      ...this.side,
      type: "system",
      subtype,
      ...fields,
      ...times,
      ...rest,
      ...this.#place(),
    });
    this.tip = uuid;
    return uuid;
  }

  /** A `user` line: a prompt, a tool result, a summary. */
  hear(content: unknown, rest: Line, flags: Line = {}, uuid?: string): string {
    const { promptId } = this.scope;
    const message = { role: "user", content };
    return this.link(
      { ...this.side, promptId, ...this.#agentId, type: "user", message, ...flags },
      rest,
      uuid,
    );
  }

  get side(): Line {
    return { isSidechain: this.voice.agent !== undefined };
  }

  get #agentId(): Line {
    return this.voice.agent ? { agentId: this.voice.agent.id } : {};
  }

  #place(): Line {
    const { sessionId, project, slug } = this.scope;
    const { cwd, branch } = project;
    const place = {
      userType: "external",
      entrypoint: "cli",
      cwd,
      sessionId,
      version: "2.1.329",
      gitBranch: branch,
    };
    return { ...place, ...(slug ? { slug } : {}) };
  }

  #respond(blocks: Block[], stop: string): Response {
    const output = blocks.reduce((sum, block) => sum + this.#size(block), 0);
    const thinking = blocks.reduce((sum, block) => sum + (block.kind === "thinking" ? block.tokens : 0), 0);
    const response = respond(this.scope.ids, stop, this.#request(output, thinking));
    this.lastUsage = response.usage;
    return response;
  }

  #request(output: number, thinking: number): Tokens {
    const tokens = this.meter.request(this.clock.now, output, thinking);
    this.scope.ledger.spend(this.voice.model, tokens);
    this.#work(this.scope.ids.between(1_900, 4_600));
    return tokens;
  }

  #work(ms: number): void {
    this.clock.pass(ms);
    this.scope.tally.apiMs += Math.round(ms);
  }

  #size(block: Block): number {
    if (block.kind === "thinking") return block.tokens;
    return block.kind === "text" ? tokensOf(block.text) : 25 + tokensOf(JSON.stringify(block.input(this)));
  }

  #streamMs(block: Block): number {
    return Math.round((this.#size(block) / models[this.voice.model].speed) * 1000);
  }

  #speak(response: Response, block: Block, index: number, id: string): string {
    const { model, effort, agent } = this.voice;
    const ms = this.#streamMs(block);
    this.#work(ms);
    if (block.kind === "text") this.lastText = block.text;
    const input = block.kind === "tool" ? block.input(this) : {};
    const fields = {
      ...this.side,
      ...this.#agentId,
      message: messageOf(response, model, contentOf(block, this.scope.ids, input, id)),
      ...timingOf(block, ms),
      apiBlockIndex: index,
      requestId: response.request,
      requestRef: response.ref,
      requestedModel: models[model].id,
      promptCacheRequested: "5m",
      ...(agent ? { attributionAgent: agent.type } : {}),
      type: "assistant",
    };
    const aborted = response.stop ? {} : { isAbortedMidStream: true };
    return this.link(fields, {
      ...aborted,
      effort,
      perTurnEffort: effort,
      madeBy: "model",
    });
  }

  #answer({ call, id, source, outcome, ends }: Answer): void {
    this.clock.reach(ends);
    for (const tally of [this.tally, this.scope.tally]) tally.call(call.name, outcome.ms);
    const { content, failed = false, saysError = false } = outcome;
    this.meter.add(20 + tokensOf(JSON.stringify(content)));
    this.hear([resultOf(id, content, failed, saysError)], {
      // transcripts of sub-agents do not keep what the client knows about a call
      ...(this.voice.agent ? {} : { toolUseResult: outcome.result }),
      ...outcome.flags,
      sourceToolAssistantUUID: source,
      permissionDecision: outcome.decision ?? { decision: "accept", source: "config", reasonType: "mode" },
    });
  }
}
