import type { ToolCall } from "./blocks.ts";
import { Clock } from "./clock.ts";
import { type ModelName, models } from "./prices.ts";
import { jsonl, type Line, type Scope } from "./scope.ts";
import { Thread, type Voice } from "./thread.ts";

/** What a sub-agent is asked to do, and by whom it is done. */
type Job = {
  type: string;
  /** Comes with the client, or written by the user. */
  builtIn?: boolean;
  model: ModelName;
  description: string;
  prompt: string;
  background?: boolean;
};

/** What is known of a sub-agent that has finished. */
export type Report = {
  agentId: string;
  toolUseId: string;
  description: string;
  text: string;
  tools: string[];
  tokens: number;
  toolUses: number;
  ms: number;
  ends: number;
};

/** A call of the Agent tool; `report` is there once it ran. */
export type AgentCall = ToolCall & { report?: Report };

const AGENT_PREFIX = 9_400;

/** Hands a job to a sub-agent, whose own replies are told by `story`. */
export function agent(job: Job, story: (helper: Thread) => void): AgentCall {
  const { type, model, description, prompt, background = false } = job;
  const call: AgentCall = {
    kind: "tool",
    name: "Agent",
    input: () => ({
      description,
      prompt,
      subagent_type: type,
      run_in_background: background,
      model: models[model].alias,
    }),
    run: (parent, toolUseId) => {
      const helper = start(job, parent);
      const started = parent.clock.now;
      helper.hear(prompt, {});
      story(helper);
      const report = reportOf(helper, job, toolUseId, started);
      call.report = report;
      parent.scope.files.push(...transcriptOf(helper, job, parent, report));
      return background ? launched(job, report, parent.scope) : completed(job, report, helper);
    },
  };
  return call;
}

function start(job: Job, parent: Thread): Thread {
  const { type, model } = job;
  const id = parent.scope.ids.agent();
  const voice: Voice = {
    model,
    effort: parent.voice.effort,
    agent: { id, type },
    prefix: AGENT_PREFIX,
    cached: 0,
  };
  return new Thread(parent.scope, voice, new Clock(parent.clock.now + 90));
}

function reportOf(helper: Thread, job: Job, toolUseId: string, started: number): Report {
  return {
    agentId: helper.voice.agent?.id ?? "",
    toolUseId,
    description: job.description,
    text: helper.lastText,
    tools: [...helper.tally.calls.keys()].sort(),
    tokens: helper.meter.context,
    toolUses: helper.tally.count(),
    ms: helper.clock.now - started,
    ends: helper.clock.now,
  };
}

function transcriptOf(helper: Thread, job: Job, parent: Thread, report: Report) {
  const { sessionId, project } = helper.scope;
  const stem = `${project.slug}/${sessionId}/subagents/agent-${report.agentId}`;
  const { type, builtIn = true, model, description, background = false } = job;
  const meta = {
    agentType: type,
    isBuiltIn: builtIn,
    ...(background ? { launchedWithDefaults: true } : {}),
    description,
    toolUseId: report.toolUseId,
    spawnDepth: 1,
    requestShape: background ? "background" : "foreground",
    requestNonInteractive: false,
    model: models[model].alias,
    pickedEffortModel: models[parent.voice.model].id,
    finished: true,
  };
  return [
    { path: `${stem}.jsonl`, text: jsonl(helper.lines) },
    { path: `${stem}.meta.json`, text: JSON.stringify(meta) },
  ];
}

function outputFile(scope: Scope, agentId: string): string {
  return `/tmp/claude-1000/${scope.project.slug}/${scope.sessionId}/tasks/${agentId}.output`;
}

function launched(job: Job, { agentId }: Report, scope: Scope) {
  const { description, prompt, model } = job;
  const result = {
    isAsync: true,
    status: "async_launched",
    agentId,
    description,
    resolvedModel: models[model].id,
    prompt,
    outputFile: outputFile(scope, agentId),
    canReadOutputFile: true,
    canContinueAgent: true,
  };
  const text = `Async agent launched successfully.\nagentId: ${agentId}`;
  return { content: [{ type: "text" as const, text }], result, ms: 240 };
}

function completed(job: Job, report: Report, helper: Thread) {
  const { agentId, text, tools, tokens, toolUses, ms } = report;
  const used = `<tools-used-before-summary>${tools.join(", ")}</tools-used-before-summary>\n`;
  const usage = `<usage>subagent_tokens: ${tokens}\ntool_uses: ${toolUses}\nduration_ms: ${ms}</usage>`;
  const { input_tokens, output_tokens, output_tokens_details, ...rest } = helper.lastUsage;
  const { cache_creation_input_tokens, cache_read_input_tokens, ...tail } = rest;
  const result = {
    status: "completed",
    prompt: job.prompt,
    agentId,
    agentType: job.type,
    toolsUsed: tools,
    harnessNoteCount: 1,
    harnessTailCount: 0,
    harnessSectionHash: helper.scope.ids.hex(16),
    content: [
      { type: "text", text: used },
      { type: "text", text },
    ],
    resolvedModel: models[job.model].id,
    totalDurationMs: ms,
    totalTokens: tokens,
    totalToolUseCount: toolUses,
    usage: {
      output_tokens_details,
      input_tokens,
      cache_creation_input_tokens,
      cache_read_input_tokens,
      output_tokens,
      ...tail,
    },
    toolStats: toolStats(helper),
    canContinueAgent: true,
  };
  return { content: [{ type: "text" as const, text: `${text}\nagentId: ${agentId}\n${usage}` }], result, ms };
}

function toolStats({ tally }: Thread): Line {
  return {
    readCount: tally.count("Read"),
    searchCount: 0,
    bashCount: tally.count("Bash"),
    editFileCount: tally.edited.size,
    linesAdded: tally.added,
    linesRemoved: tally.removed,
    otherToolCount: 0,
  };
}

/** What the client tells the model when a background agent ends. */
export function notification(report: Report, scope: Scope): string {
  const { agentId, toolUseId, description, text, tokens, toolUses, ms } = report;
  return [
    "<task-notification>",
    `<task-id>${agentId}</task-id>`,
    `<tool-use-id>${toolUseId}</tool-use-id>`,
    `<output-file>${outputFile(scope, agentId)}</output-file>`,
    "<status>completed</status>",
    `<summary>Agent "${description}" finished</summary>`,
    `<result>${text}</result>`,
    `<usage><subagent_tokens>${tokens}</subagent_tokens><tool_uses>${toolUses}</tool_uses><duration_ms>${ms}</duration_ms></usage>`,
    "</task-notification>",
  ].join("\n");
}
