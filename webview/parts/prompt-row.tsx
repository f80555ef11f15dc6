import type { JSX } from "preact";
import { memo } from "preact/compat";
import { useState } from "preact/hooks";
import { cents, count, duration, exactClock } from "../../extension/base/format.ts";
import type { Prompt } from "../../extension/protocol.ts";
import { harmless } from "../lib/harmless.ts";
import { withoutPlaces } from "../lib/told.ts";
import { useContent } from "../state.ts";
import { Link } from "./link.tsx";
import { Pictures } from "./pictures.tsx";

/** People paste whole logs; so much of a prompt is shown until somebody asks for the rest. */
const LONG = 1200;
const MOST_LINES = 12;

interface PromptRowProps {
  prompt: Prompt;
  number: number;
  current: boolean;
  /** How long it took until the next one, in the waterfall. */
  waited?: number | undefined;
}

/** What a person asked, as the head of all that followed. */
export const PromptRow = memo(({ prompt, number, current, waited }: PromptRowProps): JSX.Element => {
  const [all, setAll] = useState(false);
  const { id, pictures = 0, startedAt, endedAt, costUsd, steps } = prompt;
  const text = pictures > 0 ? withoutPlaces(prompt.text) : prompt.text;
  const head = text.slice(0, LONG).split("\n", MOST_LINES).join("\n");
  const facts = [
    costUsd > 0 && cents(costUsd),
    endedAt > startedAt && duration(endedAt - startedAt),
    count(steps.length, "step"),
    waited !== undefined && waited >= 1000 && `then waited ${duration(waited)} for you`,
  ];
  const clock = startedAt > 0 ? exactClock(startedAt) : "";
  return (
    <section
      class={`chapter ${current ? "current" : ""}`}
      aria-label={`Prompt ${number}`}
      data-head
      tabIndex={-1}
    >
      <p class="aside byline">
        <span>{[prompt.id !== "" && "You", clock].filter(Boolean).join(" · ")}</span>
        <span>{facts.filter(Boolean).join(" · ")}</span>
      </p>
      <p class="text">{harmless(all ? text : head)}</p>
      {pictures > 0 && <PromptPictures id={id} number={number} />}
      {head.length < text.length && !all && <Link onPress={() => setAll(true)}>Show all of it</Link>}
    </section>
  );
});

/** What was pasted into a prompt, asked for when that is in view. */
function PromptPictures({ id, number }: { id: string; number: number }): JSX.Element | null {
  const content = useContent(id, "prompt");
  if (content.kind !== "loaded") return null;
  return <Pictures pictures={content.value.pictures ?? []} from={`in prompt ${number}`} />;
}
