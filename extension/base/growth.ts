import type { Growth, Tail } from "../pages.ts";
import type { Prompt, Session } from "../protocol.ts";

/** What a page has to be sent that holds `before`; a page that holds nothing gets everything. */
export function growthOf(before: Session | undefined, now: Session, version: number): Growth {
  const { prompts, requests, ...head } = now;
  const steps = ({ steps, ...head }: Prompt) => {
    const known = before?.prompts.find(({ id }) => id === head.id);
    return { head, steps: tailOf(known?.steps ?? [], steps) };
  };
  const changed = tailOf(before?.prompts ?? [], prompts);
  return {
    ...{ version, head },
    prompts: { from: changed.from, items: changed.items.map(steps) },
    requests: tailOf(before?.requests ?? [], requests),
  };
}

/** The session that `before` grew to. What did not change stays the very same object. */
export function grown(before: Session | undefined, { head, prompts, requests }: Growth): Session {
  const known = new Map(before?.prompts.map(prompt => [prompt.id, prompt.steps]));
  const changed = prompts.items.map(({ head, steps }) => ({
    ...head,
    steps: withTail(known.get(head.id), steps),
  }));
  return {
    ...head,
    prompts: withTail(before?.prompts, { from: prompts.from, items: changed }),
    requests: withTail(before?.requests, requests),
  };
}

function tailOf<T>(before: T[], now: T[]): Tail<T> {
  const differs = now.findIndex(
    (item, i) => i >= before.length || JSON.stringify(item) !== JSON.stringify(before[i]),
  );
  const from = differs < 0 ? now.length : differs;
  return { from, items: now.slice(from) };
}

function withTail<T>(before: T[] | undefined, { from, items }: Tail<T>): T[] {
  return [...(before ?? []).slice(0, from), ...items];
}
