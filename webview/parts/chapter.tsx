import type { JSX } from "preact";
import { count } from "../../extension/base/format.ts";
import { toolCalls } from "../../extension/base/steps.ts";
import type { Prompt } from "../../extension/protocol.ts";
import { StepRow } from "./step.tsx";

interface ChapterProps {
  prompt: Prompt;
  number: number;
  start: number;
}

/** A prompt and the steps that followed it. */
export function Chapter({ prompt, number, start }: ChapterProps): JSX.Element {
  const clock = prompt.startedAt > 0 ? new Date(prompt.startedAt).toLocaleTimeString("en-GB") : "";
  return (
    <section class="chapter" id={`prompt-${number}`} aria-label={`Prompt ${number}`}>
      <header>
        <p class="aside byline">
          <span>{["You", clock].filter(Boolean).join(" · ")}</span>
          <span>{count(toolCalls(prompt).length, "step")}</span>
        </p>
        <p class="prompt">{prompt.text}</p>
      </header>
      <ol>
        {toolCalls(prompt).map(step => (
          <StepRow key={step.id} step={step} start={start} />
        ))}
      </ol>
    </section>
  );
}
