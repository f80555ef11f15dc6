/** Where in a transcript something stands, so that its text can be read there when a view asks. */
export interface Spot {
  offset: number;
  length: number;
}

/**
 * What a transcript line says, in the fewest words. Facts hold ids, times and places, never what was written:
 * prompts, titles, paths and commands stay in Claude Code's own file.
 */
export type Fact =
  | { kind: "session"; session: string; at: number; project: string | undefined }
  | { kind: "title"; session: string; rank: TitleRank; spot: Spot }
  | { kind: "prompt"; session: string; id: string; at: number; spot: Spot }
  | {
      kind: "step";
      session: string;
      id: string;
      at: number;
      tool: string;
      agent: string | undefined;
      spot: Spot;
    }
  | { kind: "failure"; session: string; step: string };

/** Which title wins: one the user gave, one Claude wrote, else the first prompt. */
export const titleRanks = { prompt: 1, ai: 2, custom: 3 } as const;
export type TitleRank = (typeof titleRanks)[keyof typeof titleRanks];
