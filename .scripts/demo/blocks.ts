import { tokensOf } from "./meter.ts";
import type { Line } from "./scope.ts";
import type { Thread } from "./thread.ts";

/** What a tool call leads to. */
export type Outcome = {
  /** What the model reads. */
  content: string | { type: "text"; text: string }[];
  /** What the client keeps beside it, as `toolUseResult`. */
  result: unknown;
  ms: number;
  failed?: boolean;
  /** Fields of the line which only some tools write. */
  flags?: Line;
  /** A call which was refused has no ordinary permission decision. */
  decision?: Line;
  /** Bash says on every result whether it failed, other tools only when they did. */
  saysError?: boolean;
};

/** Thinking as the client shows it; the model was billed for `tokens` of it. */
type Thinking = { kind: "thinking"; text: string; tokens: number };

/** Text for the user. */
type Text = { kind: "text"; text: string };

/** A tool call that has not run yet; `run` gets the conversation it is made in and its id there. */
export type ToolCall = {
  kind: "tool";
  name: string;
  input(thread: Thread): Line;
  run(thread: Thread, id: string): Outcome;
};

/** One content block of a response. */
export type Block = Thinking | Text | ToolCall;

/** The model thinks; what is shown is a summary, so `tokens` is more than its length. */
export function think(text: string, tokens = tokensOf(text) * 3): Thinking {
  return { kind: "thinking", text, tokens };
}

/** The model says something. */
export function say(text: string): Text {
  return { kind: "text", text };
}
