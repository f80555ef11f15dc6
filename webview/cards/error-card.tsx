import type { JSX } from "preact";
import { harmless } from "../lib/harmless.ts";
import type { CardProps } from "./card.tsx";

/** What went wrong outside of a tool, or happened to the conversation. */
export function ErrorCard({ step, told }: CardProps): JSX.Element {
  return (
    <>
      {step.failure && (
        <p class="about">
          <span class="outcome">{step.failure.code.replaceAll("_", " ")}</span>
          <span class="aside">of the kind: {step.failure.type}</span>
        </p>
      )}
      {told.text ? (
        <pre class="plain">{harmless(told.text.slice(0, 20_000))}</pre>
      ) : (
        <p class="note">Nothing more was recorded.</p>
      )}
    </>
  );
}
