/** What passes between a client of MCP and its server, as the thread that passes it on tells the one that records. */
export type Passed =
  /** A lane begins: one direction of a pipe, or a body. An answer's goes with that of its question. */
  | { kind: "lane"; lane: number; from: Side; form: Form; conversation: string; answers?: number }
  | { kind: "bytes"; lane: number; at: number; bytes: Uint8Array }
  | { kind: "over"; lane: number; at: number }
  /** By what name the conversation will be known in which the lane asked to begin one. */
  | { kind: "named"; lane: number; conversation: string }
  /** The server did not answer what the lane asked; without a status it was not reached. */
  | { kind: "refused"; lane: number; at: number; status?: number | undefined }
  /** Nothing more comes of the lane, or of what it asked. */
  | { kind: "gone"; lane: number; at: number }
  /** One conversation ended, or all of them. */
  | { kind: "ended"; how: Ending; at: number; conversation?: string };

export type Side = "client" | "server";
/** How messages stand in the bytes. */
export type Form = "frames" | "whole" | "events";
/** Whether the client left, or the server failed it. */
export type Ending = "left" | "failed";

/** What the thread that records is started with. */
export interface Recorded {
  /** The folder with the inbox. */
  dataDir: string;
  /** What to call the server, if the user says it. */
  name?: string | undefined;
  /** The folder in which it works. */
  project: string;
  /** The process through which all passes. */
  process: number;
  /** The privacy tier above which nothing is kept, even if the recorder may. */
  most: 1 | 2 | 3;
}
