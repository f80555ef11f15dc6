import { join } from "node:path";
import { type Call, type Outcome, tokensOf } from "./call.ts";
import { WideChance } from "./chance.ts";
import { attach, hooks } from "./client-says.ts";
import { Conversation } from "./conversation.ts";
import { hex } from "./ids.ts";
import type { Model } from "./ledger.ts";
import { LineFile } from "./line-file.ts";
import { type Request, usageOf } from "./request.ts";
import type { Setting } from "./setting.ts";
import { Thread } from "./thread.ts";
import { writeWhole } from "./write-whole.ts";

const HAIKU: Model = "claude-haiku-4-5-20251001";
const TYPE = "general-purpose";

interface Agent {
  id: string;
  model: Model;
  task: Buffer;
  description: string;
  promptId: string;
}

/** Where a session keeps its sub-agents' transcripts, and what they have from it. */
export interface Parent {
  thread: Thread;
  setting: Setting;
  folder: string;
  now: number;
}

/** The call that starts a sub-agent: it works in a transcript of its own while the session waits. */
export function agentCall(parent: Parent, promptId: string): Call {
  const { thread, setting } = parent;
  const { chance } = thread;
  const id = `a${hex(chance, 16)}`;
  const model = chance.happens(0.5) ? HAIKU : setting.model;
  const task = setting.material.prose.take(chance, chance.skewed(80, 2500));
  const description = `Look into part ${chance.whole(1, 99)}`;
  const agent = { id, model, task, description, promptId };
  return {
    tool: "Agent",
    input: [
      ...[`{"description":"${description}","prompt":"`, task],
      `","subagent_type":"${TYPE}","run_in_background":false,"model":"${model === HAIKU ? "haiku" : "opus"}"}`,
    ],
    run: toolUseId => work(parent, agent, toolUseId),
  };
}

function work(parent: Parent, agent: Agent, toolUseId: string): Outcome {
  const { thread: above, setting, folder, now } = parent;
  const path = above.origin ? undefined : join(folder, "subagents", `agent-${agent.id}.jsonl`);
  const file = new LineFile(path);
  const thread = new Thread(file, { ...above.place, agent: agent.id }, above.at, now);
  thread.origin = above.origin;
  thread.chance = new WideChance(above.chance.whole(0, 2 ** 31), above.chance.whole(0, 2 ** 31));
  const rounds = thread.chance.skewed(2, 30);
  const client = setting.material.client.agent;
  const conversation = new Conversation(thread, { ...setting, client, model: agent.model, agent: undefined });
  thread.chained({
    before: ['"type":"user","message":{"role":"user","content":"', agent.task, '"}'],
    promptId: agent.promptId,
  });
  hooks(thread, setting.hooks, `SubagentStart:${TYPE}`, agent.id);
  for (const attached of client.opening) attach(thread, attached);
  conversation.answer(agent.promptId, tokensOf([agent.task]), rounds);
  hooks(thread, setting.hooks, "SubagentStop", agent.id);
  file.close(thread.at);
  if (path) {
    writeWhole(path.replace(/jsonl$/, "meta.json"), metaOf(agent, toolUseId, setting.model), thread.at);
    for (const what of ["lines", "bytes"] as const) setting.tally.count(what, file[what]);
    setting.tally.count("subagents");
  }
  const took = thread.at - above.at;
  above.at = thread.at;
  return report(parent, agent, conversation, took, rounds);
}

function metaOf({ description, model }: Agent, toolUseId: string, main: Model): string {
  return JSON.stringify({
    ...{
      agentType: TYPE,
      isBuiltIn: true,
      description,
      toolUseId,
      spawnDepth: 1,
      requestShape: "foreground",
    },
    ...{ requestNonInteractive: true, model, pickedEffortModel: main, finished: true },
  });
}

/** What the session is told when its sub-agent is done. */
function report(
  parent: Parent,
  agent: Agent,
  conversation: Conversation,
  took: number,
  calls: number,
): Outcome {
  const { setting, thread } = parent;
  const text = setting.material.prose.take(thread.chance, thread.chance.skewed(100, 4000));
  const last = conversation.last as Request;
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = last.tokens;
  const total = input + output + cacheRead + cacheWrite5m + cacheWrite1h;
  const end = `\\nagentId: ${agent.id}\\n<usage>subagent_tokens: ${total}\\ntool_uses: ${calls}\\nduration_ms: ${took}</usage>`;
  const content = [
    '[{"type":"text","text":"[Subagent hand-back] The report follows:\\n  ',
    text,
    `${end}"}]`,
  ];
  const stats = `"toolStats":{"readCount":1,"searchCount":0,"bashCount":0,"editFileCount":0,"linesAdded":0,"linesRemoved":0,"otherToolCount":0}`;
  const result = [
    ...['{"status":"completed","prompt":"', agent.task, `","agentId":"${agent.id}","agentType":"${TYPE}",`],
    `"toolsUsed":${JSON.stringify(conversation.tools)},"harnessNoteCount":1,"harnessTailCount":0,"content":[{"type":"text","text":"`,
    text,
    `"}],"resolvedModel":"${agent.model}","totalDurationMs":${took},"totalTokens":${total},"totalToolUseCount":${calls},"usage":${usageOf(last)},${stats},"canContinueAgent":true}`,
  ];
  return { content, result, tokens: tokensOf(content) };
}
