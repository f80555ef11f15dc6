import { useEffect, useReducer, useState } from "preact/hooks";
import { onChanged } from "./host.ts";
import type { Loaded } from "./state.ts";

/** An answer to a question, asked again when it differs or something changed; the last one stays meanwhile. */
export function useAsked<T>(question: () => Promise<T>, ...depends: unknown[]): [Loaded<T>, () => void] {
  const [answer, setAnswer] = useState<Loaded<T>>({ kind: "loading" });
  const [times, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => onChanged(() => again(undefined)), []);
  useEffect(() => {
    let late = false;
    question().then(
      value => late || setAnswer({ kind: "loaded", value }),
      (error: Error) =>
        late ||
        setAnswer(known => (known.kind === "loaded" ? known : { kind: "failed", why: error.message })),
    );
    return () => {
      late = true;
    };
  }, [times, JSON.stringify(depends)]);
  return [answer, () => again(undefined)];
}

export function shownOf<T>(answer: Loaded<T>): T | undefined {
  return answer.kind === "loaded" ? answer.value : undefined;
}
