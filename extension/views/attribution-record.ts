import { OUR_NAME } from "../base/other-author.ts";
import type { Blame, BlamedStep } from "../questions.ts";

/** The open format for who wrote what, as at agent-trace.dev; strict readers know no other field than these. */
export interface AttributionRecord {
  version: "0.1.0";
  id: string;
  timestamp: string;
  vcs: { type: "git"; revision: string };
  tool: { name: string; version: string };
  files: { path: string; conversations: Conversation[] }[];
  metadata: Record<string, unknown>;
}

interface Conversation {
  contributor: { type: "ai"; model_id?: string };
  ranges: { start_line: number; end_line: number }[];
}

/** What is ours stands under this name, where the format lets everybody put what they like. */
const OURS = "dev.agent-trace.vscode";
const LONGEST_MODEL = 250;

/** Who wrote the lines of a commit's files; nothing when no agent did. */
export function recordOf(
  commit: { revision: string; files: { path: string; blame: Blame }[] },
  made: { id: string; at: Date; version: string },
): AttributionRecord | undefined {
  const written = commit.files.filter(({ blame }) => blame.spans.length > 0);
  if (written.length === 0) return undefined;
  return {
    ...{ version: "0.1.0", id: made.id, timestamp: made.at.toISOString() },
    vcs: { type: "git", revision: commit.revision },
    tool: { name: OUR_NAME, version: made.version },
    files: written.map(({ path, blame }) => ({ path, conversations: conversationsOf(blame) })),
    metadata: {
      [OURS]: { files: Object.fromEntries(written.map(({ path, blame }) => [path, sourcesOf(blame)])) },
    },
  };
}

/** The lines of each model; lines count from 1, and the last one is part of a range. */
function conversationsOf({ spans, steps }: Blame): Conversation[] {
  const models = [...new Set(spans.map(({ step }) => steps[step]?.model ?? null))];
  return models.map(model => ({
    contributor: {
      type: "ai",
      ...(model !== null && { model_id: `anthropic/${model}`.slice(0, LONGEST_MODEL) }),
    },
    ranges: spans
      .filter(({ step }) => (steps[step]?.model ?? null) === model)
      .map(({ start, count }) => ({ start_line: start + 1, end_line: start + count })),
  }));
}

/** Where each range comes from, in the order of the lines. */
function sourcesOf({ spans, steps }: Blame) {
  return spans.map(({ start, count, step }) => {
    const { sessionId, promptId, stepId, costUsd } = steps[step] ?? ({} as Partial<BlamedStep>);
    return { start_line: start + 1, end_line: start + count, sessionId, promptId, stepId, costUsd };
  });
}

/** A commit is as good as new for so long. */
const NEW = 60_000;

/** Whether a commit was made just now on top of the one that was checked out before, and not fetched or gone back to. */
export function isNewCommit(
  { parents, commitDate }: { parents: string[]; commitDate?: Date },
  before: string,
  now: number,
): boolean {
  return parents[0] === before && Math.abs(now - (commitDate?.getTime() ?? 0)) < NEW;
}
