/** Where in a transcript something stands, so that its text can be read there when a view asks. */
export interface Spot {
  offset: number;
  length: number;
}

/** What is true of a fact whatever it is about; `at` is in milliseconds since 1970. */
interface Told {
  session: string;
  at?: number;
  spot?: Spot;
}

/** Which part of a session did it: its main thread when nothing is said. */
interface Doer {
  agent?: string;
  agentType?: string;
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
      project?: string;
      branch?: string;
      client?: string;
      parent?: string;
      endReason?: string;
    })
  | (Told & { kind: "title"; rank: number; spot: Spot })
  | (Told & { kind: "prompt"; id: string })
  | (Told &
      Doer & { kind: "step"; id: string; name?: string; prompt?: string; request?: string; parent?: string })
  | (Told & { kind: "result"; step: string; rank: SourceRank; status: StepStatus; duration?: number })
  | (Told & Doer & { kind: "failure"; step: string; type?: string; code?: string })
  | (Told & Doer & { kind: "edit"; step: string; rank: SourceRank; file: FileFact; change: Change } & Lines)
  | (Told &
      Doer & {
        kind: "request";
        id: string;
        prompt?: string;
        model?: string;
        usage?: Usage;
        duration?: number;
      })
  | (Told & { kind: "commit"; sha: string; step?: string })
  | (Told & { kind: "pull"; url: string; step?: string })
  | (Told & { kind: "content"; of: string; owner: string; tier: Tier; text: string });

type StepStatus = "running" | "ok" | "failed" | "denied" | "interrupted";
type Change = "created" | "changed" | "deleted" | "renamed";

/** A file by its keyed hash; its path only where the privacy tier lets the store keep it. */
interface FileFact {
  hash: Uint8Array;
  path?: string;
}

interface Lines {
  added: number;
  removed: number;
}

/** What a request used; `rank` is higher the better the source knows. Cost is in billionths of a dollar. */
export interface Usage {
  rank: number;
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite5m: number;
  cacheWrite1h: number;
  webSearches: number;
  cost?: number;
}

/** How much the store may keep: 1 no words at all, 2 prompts, paths and diffs, 3 also outputs and responses. */
export type Tier = 1 | 2 | 3;

/** Which source is believed where they differ: any over "it still runs", and of those that know more the higher. */
export const sourceRanks = { running: 1, inferred: 2, transcript: 3, hook: 4, telemetry: 5 } as const;
type SourceRank = (typeof sourceRanks)[keyof typeof sourceRanks];

// Higher than any offset in a file.
const STEP = 2 ** 44;

/** Which title wins: one the user gave, one Claude wrote, of these the latest; else the first prompt. */
export const titleRank = {
  prompt: (spot: Spot) => 2 * STEP - spot.offset,
  ai: (spot: Spot) => 2 * STEP + spot.offset,
  custom: (spot: Spot) => 3 * STEP + spot.offset,
} as const;
