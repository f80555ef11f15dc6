import type { JSX } from "preact";
import { Markdown } from "../parts/markdown.tsx";
import type { CardProps } from "./card.tsx";

/** What the model wrote or thought. */
export function TextCard({ step, told }: CardProps): JSX.Element {
  if (told.text) return <Markdown text={told.text} />;
  return (
    <p class="note">
      {step.kind === "thinking"
        ? "It thought here. Claude Code did not record what."
        : "What was said here is no longer in the transcript."}
    </p>
  );
}
