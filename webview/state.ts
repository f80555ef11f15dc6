import { useEffect, useState } from "preact/hooks";
import { grown } from "../extension/base/growth.ts";
import type { Session, StepContent } from "../extension/protocol.ts";
import { host, onChanged, remember, remembered } from "./host.ts";
import { type Filter, NO_FILTER } from "./lib/filter.ts";
import type { Opened } from "./lib/rows.ts";

/** What a page shows: nothing yet, an answer, or why there is none. */
export type Loaded<T> = { kind: "loading" } | { kind: "loaded"; value: T } | { kind: "failed"; why: string };

/** The session of this page; what it grew by is asked for at every hint, and the last answer stays meanwhile. */
export function useSession(): [Loaded<Session>, retry: () => void] {
  const [answer, setAnswer] = useState<Loaded<Session>>({ kind: "loading" });
  const [ask] = useState(() => asker(setAnswer));
  useEffect(() => {
    ask();
    return onChanged(ask);
  }, []);
  return [answer, ask];
}

/** One question at a time: what changed meanwhile is asked for when its answer is here. */
function asker(set: (answer: Loaded<Session>) => void): () => void {
  let held: { session: Session; version: number } | undefined;
  let [asking, again] = [false, false];
  const ask = async () => {
    again = asking;
    if (asking) return;
    asking = true;
    try {
      const growth = await host.session(held?.version);
      held = { session: grown(held?.session, growth), version: growth.version };
      set({ kind: "loaded", value: held.session });
    } catch (error) {
      // What is on the screen is worth more than to say that it could not be refreshed.
      if (!held) set({ kind: "failed", why: error instanceof Error ? error.message : String(error) });
    }
    asking = false;
    if (again) void ask();
  };
  return () => void ask();
}

/** How much text is kept of the cards that were opened. */
const KEPT = 8_000_000;
const contents = new Map<string, { content: Promise<StepContent>; size: number }>();

/** What was said and done in a step, asked for when its card is opened; `version` changes when the step does. */
export function useContent(step: string, version: string): Loaded<StepContent> {
  const [answer, setAnswer] = useState<Loaded<StepContent>>({ kind: "loading" });
  useEffect(() => {
    let gone = false;
    contentOf(step, version).then(
      value => gone || setAnswer({ kind: "loaded", value }),
      (error: Error) => gone || setAnswer({ kind: "failed", why: error.message }),
    );
    return () => {
      gone = true;
    };
  }, [step, version]);
  return answer;
}

function contentOf(step: string, version: string): Promise<StepContent> {
  const key = `${step} ${version}`;
  const known = contents.get(key);
  if (known) return known.content;
  const entry = { content: host.content(step), size: 0 };
  contents.set(key, entry);
  entry.content.then(
    content => {
      entry.size = JSON.stringify(content).length;
      forgetOldest();
    },
    () => contents.delete(key),
  );
  return entry.content;
}

function forgetOldest(): void {
  let size = [...contents.values()].reduce((sum, entry) => sum + entry.size, 0);
  for (const [key, entry] of contents) {
    if (size <= KEPT) return;
    contents.delete(key);
    size -= entry.size;
  }
}

/** How a reader has arranged the page; it is as they left it after a reload. */
export interface View {
  filter: Filter;
  opened: Opened;
  /** The row that the reader, or the player, is at. */
  current: string | null;
  shape: "timeline" | "waterfall";
  speed: number;
  /** Whether the editor shows the file of the current step. */
  follows: boolean;
  /** The row at the top of the list, and how much of it is scrolled out. */
  top: { id: string; offset: number } | null;
}

const FIRST: View = {
  ...{ filter: NO_FILTER, opened: {}, current: null, shape: "timeline", speed: 4, follows: false, top: null },
};

/** The arrangement, and how to change a part of it. */
export function useView(): [View, change: (part: Partial<View>) => void] {
  const [view, setView] = useState<View>(() => ({ ...FIRST, ...remembered() }));
  const change = (part: Partial<View>) => {
    remember(part);
    setView(view => ({ ...view, ...part }));
  };
  return [view, change];
}
