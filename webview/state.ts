import { useEffect, useState } from "preact/hooks";
import { onChanged } from "./host.ts";

/** What a page shows: nothing yet, an answer, or why there is none. */
export type Loaded<T> = { kind: "loading" } | { kind: "loaded"; value: T } | { kind: "failed"; why: string };

/** Asks `question` at once and again at every hint; the last answer stays on the screen meanwhile. */
export function useAnswer<T>(question: () => Promise<T>): [Loaded<T>, retry: () => void] {
  const [answer, setAnswer] = useState<Loaded<T>>({ kind: "loading" });
  const ask = () => {
    question().then(
      value => setAnswer({ kind: "loaded", value }),
      (error: Error) => setAnswer({ kind: "failed", why: error.message }),
    );
  };
  useEffect(() => {
    ask();
    return onChanged(ask);
  }, []);
  return [answer, ask];
}
