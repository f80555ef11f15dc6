import { type Call, type Outcome, tokensOf } from "./call.ts";
import { nextCall } from "./calls.ts";
import type { ClientLines } from "./client-lines.ts";
import { attach, compact, hooks } from "./client-says.ts";
import { apiId, hex } from "./ids.ts";
import type { Part } from "./line-file.ts";
import { Context, newIds, type Request, usageOf, writeRequest } from "./request.ts";
import type { Setting } from "./setting.ts";
import { type Thread, VERSION } from "./thread.ts";

/** A block of an answer, as JSON, and what its line says besides. */
interface Block {
  json: Part[];
  more: string;
  call?: { id: string } & Call;
}

/** More is summed up before the next request, as Claude Code does. */
const FULL = 150_000;
const START = 16_000;

/** A model at work: requests, the lines of its answers, and what came of its tool calls. */
export class Conversation {
  readonly thread: Thread;
  readonly #setting: Setting;
  readonly #context = new Context(START);
  readonly #tools = new Set<string>();
  #promptId = "";
  #shape = "";
  #sent = 0;
  /** The usage of its last answer. */
  last: Request | undefined;

  constructor(thread: Thread, setting: Setting) {
    this.thread = thread;
    this.#setting = setting;
  }

  /** A prompt was given; the model works through some rounds of tool calls, and says what it did. */
  answer(promptId: string, promptTokens: number, rounds: number): void {
    this.#promptId = promptId;
    this.#context.grow(promptTokens);
    for (let i = 0; i < rounds; i++) {
      this.#round();
      if (this.#context.tokens > FULL) this.#sumUp();
    }
    this.#say("end_turn", [this.#text(60, 3000)]);
  }

  /** Another process goes on with it, which keeps anew what it sends with every request. */
  reopen(): void {
    this.#shape = "";
  }

  get tools(): string[] {
    return [...this.#tools];
  }

  #round(): void {
    const { chance } = this.thread;
    const count = chance.happens(0.15) ? chance.whole(2, 4) : 1;
    const calls = Array.from({ length: count }, () => this.#call());
    const blocks = [
      ...(chance.happens(0.3) ? [this.#thinking()] : []),
      ...(chance.happens(0.4) ? [this.#text(20, 500)] : []),
      ...calls,
    ];
    const knew = this.#tools.size;
    for (const { call } of calls) if (call) this.#tools.add(call.tool);
    this.#say("tool_use", blocks);
    this.#end(calls);
    if (knew === 0) attach(this.thread, this.#setting.client.snapshot);
  }

  /** What comes after the results of a round. */
  #end(calls: Block[]): void {
    hooks(this.thread, this.#setting.hooks, "PostToolBatch", `hook-${hex(this.thread.chance, 12)}`);
    if (calls.length > 1 && this.thread.chance.happens(0.3)) this.#keepMessage(calls);
  }

  #call(): Block {
    const { chance, place } = this.thread;
    const { material, agent } = this.#setting;
    const call =
      agent && chance.happens(0.01)
        ? agent(this.#promptId)
        : nextCall({ chance, material, cwd: place.cwd, agent: place.agent !== undefined });
    const id = apiId(chance, "toolu");
    const json = [`{"type":"tool_use","id":"${id}","name":"${call.tool}","input":`, ...call.input, "}"];
    return { json, more: `"toolInputStreamMs":${chance.whole(1, 900)},`, call: { ...call, id } };
  }

  #text(from: number, to: number): Block {
    const { chance } = this.thread;
    const text = this.#setting.material.prose.take(chance, chance.skewed(from, to));
    return { json: ['{"type":"text","text":"', text, '"}'], more: "" };
  }

  #thinking(): Block {
    const { chance } = this.thread;
    const { material } = this.#setting;
    const text = chance.happens(0.5) ? material.prose.take(chance, chance.skewed(40, 3000)) : "";
    const signature = material.image.subarray(0, 4 * chance.skewed(60, 900));
    const json = ['{"type":"thinking","thinking":"', text, '","signature":"', signature, '"}'];
    return { json, more: `"thinkingDurationMs":${chance.whole(5, 9000)},"thinkingDisplay":"omitted",` };
  }

  /** An answer: a line for each of its blocks. The results of tool calls can stand between them. */
  #say(stop: Request["stop"], blocks: Block[]): void {
    const request = this.#request(stop, blocks);
    const between = this.thread.chance.happens(0.5);
    const called: { block: Block; line: string }[] = [];
    for (const [index, block] of blocks.entries()) {
      this.thread.wait(100, 6000);
      const line = this.#line(request, block, index);
      if (block.call && !this.thread.origin) this.#setting.tally.count("toolCalls");
      if (block.call && between) this.#result(block.call, line);
      else called.push({ block, line });
    }
    for (const { block, line } of called) if (block.call) this.#result(block.call, line);
  }

  #request(stop: Request["stop"], blocks: Block[]): Request {
    const { thread } = this;
    const { chance } = thread;
    const { model, cache, client, tally, account } = this.#setting;
    if (this.#shape === "") this.#openRequests(client);
    const thinking = blocks.length > 1 ? chance.skewed(20, 2000) : 0;
    const output = thinking + 20 + blocks.reduce((sum, { json }) => sum + tokensOf(json), 0);
    const input = chance.happens(0.05) ? chance.skewed(100, 2000) : chance.whole(2, 12);
    const tokens = this.#context.read(thread.at, cache, input, output);
    const request = { ...newIds(chance), model, cache, stop, tokens, thinking };
    writeRequest(thread, request, this.#shape, this.#sent);
    this.#sent += 2;
    if (chance.happens(0.5)) {
      const tools = JSON.stringify([...this.#tools]);
      thread.loose("tools-used", [`"tools":${tools},"sessionId":"${thread.place.session}"`]);
    }
    if (!thread.origin) tally.ledger.add(model, tokens);
    account.add(model, tokens);
    this.last = request;
    return request;
  }

  /** What is sent with every request is kept once. */
  #openRequests(client: ClientLines): void {
    const { thread } = this;
    this.#shape = hex(thread.chance, 64);
    const start = `${thread.here}"shapeHash":"${this.#shape}","timestamp":"${thread.time}","version":"${VERSION}","shape":`;
    thread.loose("api-request-shape", [start, client.shape]);
    for (const message of client.messages)
      thread.loose("api-request-blob", [
        `${thread.here}"hash":"${hex(thread.chance, 64)}","message":`,
        message,
      ]);
  }

  #line(request: Request, { json, more }: Block, index: number): string {
    const { id, model, stop, requestId, ref, cache } = request;
    const by = this.thread.place.agent ? '"attributionAgent":"general-purpose",' : "";
    return this.thread.chained({
      before: [
        `"message":{"id":"${id}","type":"message","role":"assistant","model":"${model}","content":[`,
        ...json,
        `],"stop_reason":"${stop}","stop_sequence":null,"usage":${usageOf(request)},"stop_details":null},${more}"apiBlockIndex":${index},"requestId":"${requestId}","requestRef":"${ref}","requestedModel":"${model}","promptCacheRequested":"${cache}",${by}"type":"assistant"`,
      ],
      after: ['"effort":"medium","perTurnEffort":"medium","madeBy":"model",'],
      asked: true,
    });
  }

  #result(call: { id: string } & Call, asked: string): void {
    const { thread } = this;
    const { tally, hooks: count } = this.#setting;
    hooks(thread, count, `PreToolUse:${call.tool}`, call.id, asked);
    const outcome = call.run(call.id);
    thread.wait(20, 20_000);
    const line = resultLine(thread, call.id, this.#promptId, asked, outcome);
    hooks(thread, count, `PostToolUse:${call.tool}`, call.id, line);
    this.#context.grow(outcome.tokens);
    if (!outcome.edit) return;
    this.#setting.account.edit(outcome.edit);
    if (thread.origin) return;
    tally.count("edits");
    tally.count("linesAdded", outcome.edit.added);
    tally.count("linesRemoved", outcome.edit.removed);
  }

  /** Once in a while the client keeps a whole message again, with all that is in it. */
  #keepMessage(calls: Block[]): void {
    const content = calls.flatMap(({ json }, index) => (index === 0 ? json : [",", ...json]));
    const start = `${this.thread.here}"hash":"${hex(this.thread.chance, 64)}","message":{"role":"assistant","content":[`;
    this.thread.loose("api-request-blob", [start, ...content, "]}"]);
  }

  #sumUp(): void {
    const { thread } = this;
    if (!thread.origin) this.#setting.tally.count("compactions");
    compact(thread, this.#setting, this.#promptId, this.#context.tokens);
    this.#context.shrink(START + thread.chance.skewed(1000, 8000));
  }
}

function resultLine(thread: Thread, id: string, promptId: string, asked: string, outcome: Outcome): string {
  const { content, result, notes = "", failed } = outcome;
  const whole = failed
    ? [`{"type":"tool_result","content":`, ...content, `,"is_error":true,"tool_use_id":"${id}"}`]
    : [
        `{"tool_use_id":"${id}","type":"tool_result","content":`,
        ...content,
        failed === undefined ? "}" : ',"is_error":false}',
      ];
  const { agent, entrypoint, session } = thread.place;
  // In 2.1.329 the lines of a sub-agent do not have it.
  const more = agent ? [] : ['"toolUseResult":', ...result, `,${notes}`];
  const own = entrypoint === "cli" ? `"session_id":"${session}",` : "";
  return thread.chained({
    before: ['"type":"user","message":{"role":"user","content":[', ...whole, "]}"],
    after: [
      ...more,
      `"sourceToolAssistantUUID":"${asked}","permissionDecision":{"decision":"accept","source":"config","reasonType":"mode"},${own}`,
    ],
    parent: asked,
    promptId,
  });
}
