import { type AgentCall, notification, type Report } from "./agent.ts";
import type { Block } from "./blocks.ts";
import { Clock } from "./clock.ts";
import { Ids } from "./ids.ts";
import { Ledger, tokensOf } from "./meter.ts";
import type { ModelName } from "./prices.ts";
import type { Project } from "./project.ts";
import { type DemoFile, jsonl, type Line, type Scope, Tally } from "./scope.ts";
import { Thread } from "./thread.ts";
import { compact, refuse } from "./trouble.ts";

/** How a session begins. */
type Opening = {
  project: Project;
  /** Gives the ids. */
  seed: number;
  start: string;
  model: ModelName;
  /** Left out when the client had not found one. */
  title?: string;
  effort?: "medium" | "high";
  permissionMode?: "default" | "acceptEdits";
};

/** The start of the system prompt, which the developer's other sessions keep in the cache. */
const WARM_PREFIX = 11_842;

/** A session under way: each method is one thing that happens, and takes its time. */
export class Session {
  readonly #scope: Scope;
  readonly #thread: Thread;
  readonly #opening: Opening;
  readonly #began: number;
  #prompts = 0;
  #turns = 0;
  #turnBegan = 0;
  #lastPrompt = "";

  constructor(opening: Opening) {
    const { project, seed, start, title, model, effort = "medium" } = opening;
    const ids = new Ids(seed);
    const clock = new Clock(start);
    const shared = {
      ledger: new Ledger(),
      tally: new Tally(),
      tools: new Set<string>(),
      tasks: [],
      files: [],
    };
    this.#scope = { sessionId: ids.uuid(), project, ids, ...shared, promptId: "" };
    this.#opening = opening;
    this.#began = clock.now;
    const voice = { model, effort, prefix: project.prefix, cached: WARM_PREFIX };
    this.#thread = new Thread(this.#scope, voice, clock);
    if (title) this.#note({ type: "ai-title", aiTitle: title });
    this.#note({ type: "mode", mode: "normal" });
    this.#note({ type: "permission-mode", permissionMode: this.#permissionMode });
  }

  /** The user types a prompt. */
  prompt(text: string): void {
    this.#prompts += 1;
    this.#lastPrompt = text;
    this.#startTurn();
    this.#thread.hear(text, {
      permissionMode: this.#permissionMode,
      origin: { kind: "human" },
      promptSource: "typed",
      turnOrigin: "human",
      turnPosition: this.#position,
    });
    this.#thread.meter.add(tokensOf(text) + 40);
    if (this.#prompts === 1) this.#today();
  }

  /** One response of the model; one without a tool call ends the turn. */
  reply(...blocks: Block[]): void {
    this.#thread.reply(...blocks);
    if (!blocks.some(block => block.kind === "tool")) this.#endTurn();
  }

  /** The user stops the model after it wrote `text`. */
  interrupt(text: string): void {
    this.#thread.cut(text);
    this.wait(0.4);
    this.#thread.hear([{ type: "text", text: "[Request interrupted by user]" }], {});
    this.#thread.meter.add(30);
  }

  /** The model asks for a tool call, and at `at` the user has not allowed it yet. */
  pend(at: string, ...blocks: Block[]): void {
    this.#thread.pend(at, ...blocks);
  }

  /** Nothing happens for a while. */
  wait(seconds: number): void {
    this.#thread.clock.pass(seconds * 1000);
  }

  /** The API refuses a request and the client tries again later. */
  refused(status: number, type: string, words: string, attempt: number): void {
    refuse(this.#thread, status, type, words, attempt);
  }

  /** The context is full and gives way to a summary. */
  compacted(summary: string): void {
    compact(this.#thread, summary, this.#position);
  }

  /** A background agent reports while nothing else goes on, which starts a turn. */
  report(helper: AgentCall): void {
    const report = reportOf(helper);
    this.#thread.clock.reach(report.ends + 120);
    const content = notification(report, this.#scope);
    this.#queue("enqueue", { content });
    this.#thread.clock.pass(5);
    this.#queue("dequeue");
    this.#startTurn();
    this.#thread.hear(content, { origin: { kind: "task-notification" }, turnPosition: this.#position });
    this.#thread.meter.add(tokensOf(content));
  }

  /** A background agent has reported while the model was at work; the next request takes it along. */
  absorb(helper: AgentCall): void {
    const report = reportOf(helper);
    const { clock, side, meter } = this.#thread;
    if (report.ends > clock.now) throw new Error(`${report.description} is still at work`);
    const prompt = notification(report, this.#scope);
    const [source_uuid, delivery_id] = [this.#scope.ids.uuid(), this.#scope.ids.uuid()];
    const timestamp = new Date(report.ends + 120).toISOString();
    this.#queue("enqueue", { content: prompt }, timestamp);
    const reason = { reason: "absorbed_mid_turn", commandUuid: source_uuid, deliveryId: delivery_id };
    this.#queue("remove", { content: prompt, ...reason });
    const attachment = {
      type: "queued_command",
      prompt,
      source_uuid,
      delivery_id,
      commandMode: "task-notification",
      origin: { kind: "task-notification", producer: "session-task" },
      runId: `0${this.#scope.ids.hex(8)}-${this.#scope.ids.hex(8)}`,
      timestamp,
      toolsUsedDelta: report.tools,
      usage: { totalTokens: report.tokens, toolUses: report.toolUses, durationMs: report.ms },
    };
    const rendered = { rendered: [], renderedInHumanTurn: [], renderedRole: "system" };
    this.#thread.link({ ...side, attachment, type: "attachment" }, rendered);
    meter.add(tokensOf(prompt));
  }

  /** The user leaves; the client writes down what it all cost. */
  quit(): DemoFile[] {
    const { ledger, tally } = this.#scope;
    this.wait(2);
    this.#leaf();
    this.#note({
      type: "cost-state",
      sessionId: this.#scope.sessionId,
      totalCostUSD: ledger.costUsd,
      totalAPIDuration: tally.apiMs,
      totalAPIDurationWithoutRetries: tally.apiMs - tally.retryMs,
      totalToolDuration: tally.toolMs,
      totalLinesAdded: tally.added,
      totalLinesRemoved: tally.removed,
      totalDuration: this.#thread.clock.now - this.#began,
      startTime: this.#began,
      modelUsage: ledger.modelUsage,
      hasUnknownModelCost: false,
    });
    return this.files;
  }

  /** The transcript and those of its sub-agents. */
  get files(): DemoFile[] {
    const { project, sessionId, files } = this.#scope;
    const path = `${project.slug}/${sessionId}.jsonl`;
    return [{ path, text: jsonl(this.#thread.lines) }, ...files];
  }

  get #permissionMode(): string {
    return this.#opening.permissionMode ?? "acceptEdits";
  }

  get #position(): Line {
    return { promptIndex: this.#prompts, turnIndex: this.#turns };
  }

  #startTurn(): void {
    this.#turns += 1;
    this.#scope.promptId = this.#scope.ids.uuid();
    this.#turnBegan = this.#thread.clock.now;
  }

  #endTurn(): void {
    const { clock, lines } = this.#thread;
    clock.pass(14);
    const messageCount = lines.filter(line => "uuid" in line).length;
    const durationMs = clock.now - this.#turnBegan;
    this.#thread.system("turn_duration", { durationMs, messageCount }, { isMeta: false });
  }

  // what the client tells the model about it is the client's own text and left out
  #today(): void {
    const attachment = { type: "date", date: this.#thread.clock.iso.slice(0, 10) };
    const rest = { rendered: [], renderedRole: "system" };
    this.#thread.link({ ...this.#thread.side, attachment, type: "attachment" }, rest);
  }

  #queue(operation: string, rest: Line = {}, timestamp = this.#thread.clock.iso): void {
    const { sessionId } = this.#scope;
    this.#thread.lines.push({ type: "queue-operation", operation, timestamp, sessionId, ...rest });
  }

  #leaf(): void {
    this.#note({ type: "last-prompt", lastPrompt: this.#lastPrompt, leafUuid: this.#thread.tip });
  }

  #note(line: Line): void {
    this.#thread.lines.push({ ...line, sessionId: this.#scope.sessionId });
  }
}

function reportOf(helper: AgentCall): Report {
  if (!helper.report) throw new Error("the agent was never started");
  return helper.report;
}
