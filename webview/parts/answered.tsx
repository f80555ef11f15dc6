import type { JSX } from "preact";
import type { Loaded } from "../state.ts";
import { Busy, Button } from "./control.tsx";

interface AnsweredProps<T> {
  answer: Loaded<T>;
  /** What is done until the answer is here. */
  busy: string;
  retry: () => void;
  children: (value: T) => JSX.Element;
}

/** What a page shows of its answer: that it is awaited, why there is none and a way to try again, or all of it. */
export function Answered<T>({ answer, busy, retry, children }: AnsweredProps<T>): JSX.Element {
  switch (answer.kind) {
    case "loading":
      return <Busy label={busy} />;
    case "failed":
      return (
        <main class="message">
          <p role="alert">{answer.why}</p>
          <Button onPress={retry}>Try Again</Button>
        </main>
      );
    case "loaded":
      return children(answer.value);
  }
}
