import type { Tokens } from "./prices.ts";

/** Where in a transcript something stands, so that its text can be read there when a view asks. */
export interface Spot {
  offset: number;
  length: number;
}

/** What is true of a fact whatever it is about; `at` is in milliseconds since 1970. */
interface Told {
  session: string;
  at?: number | undefined;
  spot?: Spot | undefined;
}

/** Which part of a session did it: its main thread when nothing is said. */
interface Doer {
  agent?: string | undefined;
}

/**
 * What a source says, in the fewest words. Facts hold ids, times, numbers and places, never what was written:
 * prompts, titles, paths and commands stay in Claude Code's own file. Only `content` has words, and says from
 * which privacy tier on they may be kept.
 *
 * Every source tells what it knows; what it does not know it leaves out. Where two may differ a rank decides.
 */
export type Fact =
  | (Told & {
      kind: "session";
      project?: string | undefined;
      /** Higher for a source that knows the project better than a line's folder does. */
      projectRank?: number | undefined;
      branch?: string | undefined;
      client?: string | undefined;
      parent?: string | undefined;
      endReason?: string | undefined;
      mood?: Mood | undefined;
      /** The tool that it asks a permission for. */
      asked?: string | undefined;
      /** The number of the process that runs it. */
      process?: number | undefined;
    })
  | (Told & { kind: "title"; rank: number; spot: Spot })
  | (Told & { kind: "prompt"; id: string; rank: number; turn?: string | undefined })
  | (Told &
      Doer & {
        kind: "step";
        id: string;
        type: StepKind;
        name?: string | undefined;
        prompt?: string | undefined;
        request?: string | undefined;
        /** Of a step that was over as soon as it was told of. */
        status?: StepStatus | undefined;
        duration?: number | undefined;
        /** The transcript when nothing is said. */
        from?: Source | undefined;
        /** When the user answered, who was asked for a permission. */
        decidedAt?: number | undefined;
        /** How many bytes of text the model wrote for it. */
        size?: number;
      })
  | (Told & {
      kind: "result";
      step: string;
      from: Source;
      status: StepStatus;
      duration?: number | undefined;
      /** The user was asked for a permission. */
      asked?: true | undefined;
      /** How many bytes of text the model was told. */
      size?: number;
    })
  | (Told &
      Doer & { kind: "failure"; step: string; from: Source; type?: FailureType | undefined; code?: string })
  | (Told & Doer & { kind: "edit"; step: string; from: Source; file: FileFact; change: Change } & Lines)
  | (Told & {
      kind: "agent";
      id: string;
      /** The call that started it, and the agent that made this call if it was not the main thread. */
      step?: string | undefined;
      parent?: string | undefined;
      type?: string | undefined;
    })
  | (Told &
      Doer & {
        kind: "request";
        id: string;
        prompt?: string | undefined;
        model?: string | undefined;
        /** The skill that it was made for. */
        skill?: string | undefined;
        usage?: Usage | undefined;
        duration?: number | undefined;
      })
  /** What the client itself says that the session has cost so far, in billionths of a dollar. */
  | (Told & { kind: "bill"; rank: number; cost: number })
  | (Told & { kind: "copy"; request: string })
  | (Told & { kind: "commit"; id: string; sha?: string | undefined; step?: string })
  | (Told & { kind: "pull"; url: string; step?: string | undefined })
  | (Told & { kind: "content"; of: string; owner: string; tier: Tier; text: string });

/** What a step is: something the agent did, said or met, or a command that the user gave to the client. */
type StepKind =
  | "tool"
  | "response"
  | "thinking"
  | "retry"
  | "error"
  | "compaction"
  | "command"
  | "interruption";
export type StepStatus = "running" | "ok" | "failed" | "denied" | "interrupted";
export type FailureType = "tool" | "model" | "retrieval" | "orchestration" | "permission" | "user";
export type Change = "created" | "changed" | "deleted" | "renamed";
/** What a session is doing: it works until it has answered, failed, was interrupted, or asks for a permission. */
export type Mood = "working" | "asking" | "answered" | "failed" | "interrupted";

/** A file by its keyed hash; its path only where the privacy tier lets the store keep it. */
interface FileFact {
  hash: string;
  path?: string | undefined;
}

export interface Lines {
  added: number;
  removed: number;
}

/** What a request used; `rank` is higher the better the source knows. Cost is in billionths of a dollar. */
export interface Usage extends Tokens {
  rank: number;
  /** The same for what only transcripts tell: for how long was cached, what was searched, and where. */
  lineRank?: number | undefined;
  cost?: number | undefined;
}

/** How much the store may keep: 1 no words at all, 2 prompts, paths and diffs, 3 also outputs and responses. */
export type Tier = 1 | 2 | 3;

/** Who tells something; what is inferred was told by nobody. */
export type Source = "inferred" | "telemetry" | "hook" | "transcript";

/** Which source is believed where they differ: the higher. */
export const ranks = {
  /** The transcript has the last word on how a step ended, and knows first that it goes on in the background. */
  status: { inferred: 1, telemetry: 2, hook: 3, runs: 4, transcript: 5 },
  /** A transcript's times are those at which it was written. */
  duration: { inferred: 0, transcript: 1, hook: 2, telemetry: 3 },
  edit: { inferred: 0, telemetry: 1, hook: 2, transcript: 3 },
} as const;

/** Of the lines that repeat a response the one with the most output is right; telemetry knows best. */
export const usageRank = { line: (output: number) => output, telemetry: 2 ** 40 } as const;

// Higher than any offset in a file.
const STEP = 2 ** 44;

/** Which title wins: one the user gave, one Claude wrote, of these the latest; else the first prompt. */
export const titleRank = {
  prompt: (spot: Spot) => 2 * STEP - spot.offset,
  ai: (spot: Spot) => 2 * STEP + spot.offset,
  custom: (spot: Spot) => 3 * STEP + spot.offset,
} as const;
