import type { OtherAuthor, OtherSpan } from "../questions.ts";
import { brief } from "./format.ts";

/** Under which we note down who wrote what, for other programs. */
export const OUR_NAME = "agent-trace-vscode";

/** `Cursor · gpt-5`, or who it was. */
export function otherAuthor({ by, sure }: Pick<OtherSpan, "by" | "sure">): string {
  return `${sure ? "" : "probably "}${brief(NAMES[by.kind](by.name), by.model)}`;
}

const NAMES: Record<OtherAuthor["kind"], (name: string) => string> = {
  ai: name => name || "an agent",
  human: name => name || "a person",
  mixed: name => `${name || "an agent"} and a person`,
};
