import type { Attached } from "./client-lines.ts";
import { hex, uuid } from "./ids.ts";
import type { Account, Spent } from "./ledger.ts";
import { escaped } from "./pool.ts";
import type { Setting } from "./setting.ts";
import type { Thread } from "./thread.ts";

/** What the client attaches again after a summary. */
const AGAIN = new Set([
  "deferred_tools_delta",
  "agent_listing_delta",
  "skill_listing",
  "environment",
  "model",
]);
const HOOKS = ["http://127.0.0.1:8317/hook", "/home/sam/.claude/hooks/log.sh", "npx --no-install prettier"];

export function attach(thread: Thread, { before, after }: Attached): void {
  thread.chained({ before: [before], after: [after] });
}

/** Each hook that was told of an event leaves a line. */
export function hooks(thread: Thread, count: number, name: string, id: string, parent?: string): void {
  const event = name.split(":")[0];
  for (let i = 0; i < count; i++) {
    const said = thread.chance.happens(0.03)
      ? escaped('{"continue":true,"note":"formatted 2 files\\n"}')
      : "{}";
    const attachment = `{"type":"hook_success","hookName":"${name}","toolUseID":"${id}","hookEvent":"${event}","content":"","stdout":"${said}","stderr":"","exitCode":${i === 0 ? 200 : 0},"command":"${HOOKS[i]}"}`;
    const before = [`"attachment":${attachment},"type":"attachment"`];
    thread.chained(i === 0 && parent ? { before, parent } : { before });
  }
}

/** The end of a turn. */
export function stop(thread: Thread, count: number, began: number): void {
  if (count > 0) {
    const id = uuid(thread.chance);
    hooks(thread, count, "Stop", id);
    const infos = HOOKS.slice(0, count).map(command => ({ command, durationMs: 25 }));
    thread.chained({
      before: [
        `"type":"system","subtype":"stop_hook_summary","hookCount":${count},"hookInfos":${JSON.stringify(infos)},"hookErrors":[],"failedHookErrorIndexes":[],"hookAdditionalContext":[],"preventedContinuation":false,"stopReason":"","hasOutput":true,"level":"suggestion"`,
      ],
      after: [`"toolUseID":"${id}",`],
      system: true,
    });
  }
  if (thread.place.entrypoint === "cli" && !thread.place.agent)
    thread.chained({
      before: [
        `"type":"system","subtype":"turn_duration","durationMs":${thread.at - began},"messageCount":25`,
      ],
      after: ['"isMeta":false,'],
      system: true,
    });
}

/** An attempt that failed, and is made again. */
export function apiError(thread: Thread): void {
  const error = `{"message":"529 overloaded","status":529,"requestId":null,"formatted":"529 Overloaded","connection":null,"isNetworkDown":false,"rateLimits":null,"noResponse":null}`;
  thread.chained({
    before: [
      `"type":"system","subtype":"api_error","level":"error","error":${error},"retryInMs":514,"retryAttempt":1,"maxRetries":10,"source":"request_retry"`,
    ],
    system: true,
  });
  thread.wait(500, 2000);
}

/** An answer that the client gives in the model's place when the API refuses: it costs nothing. */
export function refused(thread: Thread): void {
  const id = uuid(thread.chance);
  const usage = `{"output_tokens_details":null,"input_tokens":0,"output_tokens":0,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"server_tool_use":{"web_search_requests":0,"web_fetch_requests":0},"service_tier":null,"cache_creation":{"ephemeral_1h_input_tokens":0,"ephemeral_5m_input_tokens":0},"inference_geo":null,"iterations":null,"speed":null,"fallback_credit":null}`;
  const message = `{"diagnostics":null,"id":"${id}","container":null,"model":"<synthetic>","role":"assistant","stop_details":null,"stop_reason":"stop_sequence","stop_sequence":"","type":"message","usage":${usage},"content":[{"type":"text","text":"API Error: 500 Internal server error"}],"context_management":null}`;
  thread.chained({
    before: ['"type":"assistant"'],
    after: [
      ...[`"message":${message},"error":"unknown","isApiErrorMessage":true,"apiErrorStatus":500,`],
      '"madeBy":"model",',
    ],
  });
}

/** The conversation became too long: a summary stands for what was said. */
export function compact(thread: Thread, setting: Setting, promptId: string, tokens: number): void {
  const { chance } = thread;
  thread.wait(5000, 40_000);
  const metadata = `{"trigger":"auto","preTokens":${tokens},"preCompactOrganizationsCoverStart":false,"durationMs":9357,"postTokens":2691,"cumulativeDroppedTokens":${tokens - 2691}}`;
  thread.chained({
    before: [
      `"type":"system","subtype":"compact_boundary","content":"Conversation compacted","isMeta":false`,
    ],
    after: [`"level":"info","compactMetadata":${metadata},`],
    parent: null,
    system: true,
  });
  const summary = setting.material.prose.take(chance, chance.skewed(3000, 14_000));
  const begin =
    "This session is being continued from a previous conversation that ran out of context.\\n\\nSummary:\\n";
  thread.chained({
    before: [`"type":"user","message":{"role":"user","content":"${begin}`, summary, '"}', SUMMARY],
    promptId,
  });
  for (const attached of setting.client.opening) if (AGAIN.has(attached.type)) attach(thread, attached);
}

const SUMMARY = ',"isVisibleInTranscriptOnly":true,"isCompactSummary":true';

/** The client's own account of the session so far, when a process ends. */
export function costState(thread: Thread, account: Account, began: number): void {
  const { added, removed } = account.lines;
  const models = Object.entries(account.models).map(([model, of]) => `"${model}":${usage(of)}`);
  thread.loose("cost-state", [
    `"sessionId":"${thread.place.session}","totalCostUSD":${account.cost / 1e9},"totalAPIDuration":${thread.at - began},"totalAPIDurationWithoutRetries":${thread.at - began},"totalToolDuration":${Math.floor((thread.at - began) / 9)},"totalLinesAdded":${added},"totalLinesRemoved":${removed},"totalDuration":${thread.at - began},"startTime":${began},`,
    `"modelUsage":{${models.join()}},"hasUnknownModelCost":false`,
  ]);
}

function usage({ input, output, cacheRead, cacheWrite5m, cacheWrite1h, cost }: Spent): string {
  return `{"inputTokens":${input},"outputTokens":${output},"thinkingTokens":0,"cacheReadInputTokens":${cacheRead},"cacheCreationInputTokens":${cacheWrite5m + cacheWrite1h},"cacheCreationEphemeral5mInputTokens":${cacheWrite5m},"cacheCreationEphemeral1hInputTokens":${cacheWrite1h},"webSearchRequests":0,"costUSD":${cost / 1e9}}`;
}

/** The state of the client, which it writes again and again. */
export function latch(thread: Thread, prompt: string): void {
  const end = `"sessionId":"${thread.place.session}"`;
  thread.loose("last-prompt", [`"lastPrompt":"${prompt}","leafUuid":"${uuid(thread.chance)}",${end}`]);
  if (thread.place.entrypoint === "cli") thread.loose("mode", [`"mode":"normal",${end}`]);
  thread.loose("atis-latch", [`"atis":"",${end}`]);
}

/** What files were before they were edited, kept by the interactive client. */
export function snapshotFiles(thread: Thread): void {
  if (thread.place.entrypoint !== "cli") return;
  const [id, time] = [uuid(thread.chance), thread.time];
  const backup = `{"backupFileName":"${hex(thread.chance, 16)}@v2","version":2,"backupTime":"${time}"}`;
  thread.loose("file-history-snapshot", [
    `"messageId":"${id}","snapshot":{"messageId":"${id}","trackedFileBackups":{"src/index.ts":${backup}},"timestamp":"${time}"},"isSnapshotUpdate":false`,
  ]);
}
