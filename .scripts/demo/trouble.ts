import { tokensOf } from "./meter.ts";
import type { Thread } from "./thread.ts";

/** The API refuses a request; the client tries again a little later, and waits longer each time. */
export function refuse(thread: Thread, status: number, type: string, words: string, attempt: number): void {
  const { clock, scope } = thread;
  const requestId = scope.ids.request();
  const retryInMs = Math.round(500 * 2 ** (attempt - 1) * (1 + scope.ids.between(0, 20) / 100));
  const body = { type: "error", error: { type, message: words }, request_id: requestId };
  const error = {
    message: `${status} ${JSON.stringify(body)}`,
    status,
    requestId,
    formatted: `${status} ${words}`,
    connection: null,
    isNetworkDown: false,
    rateLimits: null,
    noResponse: null,
  };
  clock.pass(700);
  const source = "request_retry";
  thread.system("api_error", {
    level: "error",
    error,
    retryInMs,
    retryAttempt: attempt,
    maxRetries: 10,
    source,
  });
  clock.pass(retryInMs);
  scope.tally.apiMs += 700 + retryInMs;
  scope.tally.retryMs += 700 + retryInMs;
}

/** The context is full: the client has it summarised and goes on with the summary and the last messages. */
export function compact(thread: Thread, summary: string, turnPosition: object): void {
  const { clock, scope, meter, voice } = thread;
  const preTokens = meter.context;
  const began = clock.now;
  scope.ledger.spend(voice.model, meter.request(began, tokensOf(summary) * 2, 0));
  clock.pass(41_300);
  scope.tally.apiMs += 41_300;
  scope.slug = "quiet-flowing-ledger";
  const uuids = thread.lines.flatMap(line => (typeof line.uuid === "string" ? [line.uuid] : [])).slice(-3);
  const anchorUuid = scope.ids.uuid();
  const postTokens = voice.prefix + tokensOf(summary) + 2_900;
  const compactMetadata = {
    trigger: "auto",
    preTokens,
    preCompactOrganizationsCoverStart: false,
    durationMs: clock.now - began,
    preservedSegment: { headUuid: uuids[0], anchorUuid, tailUuid: uuids[2] },
    preservedMessages: { anchorUuid, uuids, allUuids: uuids },
    postTokens,
    cumulativeDroppedTokens: preTokens - postTokens,
  };
  const fields = { content: "Conversation compacted", isMeta: false };
  thread.system("compact_boundary", fields, { level: "info", compactMetadata });
  const flags = { isVisibleInTranscriptOnly: true, isCompactSummary: true };
  thread.hear(`Summary:\n${summary}`, { turnPosition }, flags, anchorUuid);
  meter.shrink(postTokens);
}
