import { ExpectedError } from "../base/expected-error.ts";
import type { ChangesWanted } from "../questions.ts";
import type { Node } from "./nodes.ts";

/** A session or a part of it, and a file of that, if only one is meant. */
export interface Target extends ChangesWanted {
  session: string;
  path?: string;
  /** Whether it is only shown, beside what has the focus and keeps it. */
  beside?: boolean;
}

/** What a command is about: a row of the tree, or what a link or another view says. */
export function targetOf(arg: Node | Target | undefined): Target | undefined {
  if (!arg) return undefined;
  if (!("kind" in arg)) return arg;
  if (arg.kind === "session") return { session: arg.session.id };
  if (arg.kind === "prompt") return { session: arg.session.id, prompt: arg.prompt.id };
  if (arg.kind !== "step") return undefined;
  const { step, agent } = arg.nested;
  // A call that started a sub-agent changed nothing itself.
  return { session: arg.session.id, ...(agent ? { agent: agent.id } : { step: step.id }) };
}

/** As much of it as the owner is asked. */
export function wantedOf({ step, prompt, agent }: Target): ChangesWanted {
  return { ...(step && { step }), ...(prompt && { prompt }), ...(agent && { agent }) };
}

/** The same where it must be a step. */
export function stepOf(arg: Node | Target | undefined): Target & { step: string } {
  const target = targetOf(arg);
  if (target?.step === undefined)
    throw new ExpectedError(
      "Choose a step in the Sessions view that changed a file, then do this from its menu.",
    );
  return { ...target, step: target.step };
}
