import type { Json } from "./json.ts";

const words = (list: string) => new Set(list.trim().split(/\s+/));

/** Lines that facts are made of. */
export const TELLING = words(
  "user assistant system ai-title custom-title cost-state pr-link worktree-state attachment",
);

/** Lines that are known, and say nothing that another does not say better. */
export const SILENT = words(`
  agent-color agent-name agent-setting api-request api-request-blob api-request-shape atis-latch
  attribution-snapshot content-replacement continued-in derived-from file-history-delta file-history-snapshot
  fork-context-ref last-prompt mode permission-mode progress queue-operation summary tag task-summary tools-used`);

const COMMON = `
  agentId cwd entrypoint gitBranch isMeta isSidechain parentUuid sessionId session_id slug timestamp type
  userType uuid version`;

const FIELDS: Record<string, Set<string>> = {
  user: words(`${COMMON} forkedFrom imagePasteIds interruptedMessageId isCompactSummary isVisibleInTranscriptOnly
    mcpCallNotReadOnly mcpMeta message origin permissionDecision permissionMode planContent promptId promptSource
    queueSkipAttachments repeatsCompactSummary sandboxed sourceToolAssistantUUID sourceToolUseID thinkingMetadata todos
    toolDenialBeforeRun toolDenialKind toolUseResult turnCompanion turnOrigin turnPosition`),
  assistant: words(`${COMMON} apiBlockIndex apiErrorStatus apiErrorType attributionAgent attributionMcpServer
    attributionMcpTool attributionPlugin attributionSkill effort error failedResponseHadNoToolCall forkedFrom
    isAbortedMidStream isApiErrorMessage madeBy message perTurnEffort promptCacheRequested requestId requestRef
    requestSessionId requestedModel thinkingDisplay thinkingDurationMs toolInputStreamMs`),
  system:
    words(`${COMMON} cause commandRun compactMetadata content durationMs error failedHookErrorIndexes forkedFrom
    hasOutput hookAdditionalContext hookCount hookErrors hookInfos level logicalParentUuid maxRetries messageCount
    microcompactMetadata preventedContinuation retryAttempt retryInMs source stopReason subtype toolUseID`),
};

/** What of a parsed line is new to us, in words to count it by. */
export function unknownIn(line: Json, type: string): string[] {
  const fields = FIELDS[type];
  if (!fields) return [];
  const unknown = [];
  for (const name in line) if (!fields.has(name)) unknown.push(`field ${name} of ${type} lines`);
  return unknown;
}
