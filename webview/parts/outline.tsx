import type { JSX } from "preact";
import { memo } from "preact/compat";
import { cents, count, oneLine } from "../../extension/base/format.ts";
import { isError } from "../../extension/base/steps.ts";
import type { Prompt } from "../../extension/protocol.ts";
import type { Story } from "../lib/story.ts";
import { ContextChart } from "./context-chart.tsx";
import { Icon } from "./icon.tsx";
import { Lines } from "./lines.tsx";

interface OutlineProps {
  story: Story;
  /** The prompt in view. */
  here: string | undefined;
  /** When the step was done that the reader is at. */
  at: number | undefined;
  onGo: (row: string) => void;
}

/** The prompts at the left with their share of the cost, and how full the context was. */
export function Outline({ story, here, at, onGo }: OutlineProps): JSX.Element {
  const { prompts } = story.session;
  const most = Math.max(...prompts.map(prompt => prompt.costUsd), 0);
  return (
    <nav aria-label="Prompts">
      <h2>Prompts</h2>
      <ol>
        {prompts.map((prompt, i) => (
          <Entry
            key={prompt.id}
            {...{ prompt, story, onGo }}
            number={i + 1}
            share={most > 0 ? prompt.costUsd / most : 0}
            here={prompt.id === here}
          />
        ))}
      </ol>
      <ContextChart {...{ story, at, onGo }} />
    </nav>
  );
}

interface EntryProps {
  prompt: Prompt;
  story: Story;
  number: number;
  share: number;
  here: boolean;
  onGo: (row: string) => void;
}

const Entry = memo(({ prompt, story, number, share, here, onGo }: EntryProps): JSX.Element => {
  const { steps, costUsd } = prompt;
  const sum = (of: "added" | "removed") => steps.reduce((sum, step) => sum + step[of], 0);
  const errors = steps.filter(step => isError(step) && !story.solved.has(step.id)).length;
  const commits = steps.reduce((sum, step) => sum + (story.commits.get(step.id)?.length ?? 0), 0);
  return (
    <li>
      <button
        type="button"
        aria-current={here ? "true" : undefined}
        title={oneLine(prompt.text, 400)}
        onClick={() => onGo(`prompt:${prompt.id}`)}
      >
        <span class="number">{number}</span>
        <span class="title">{oneLine(prompt.text, 60) || "Prompt"}</span>
        <span class="share">
          <span style={{ width: `${Math.max(share * 100, costUsd > 0 ? 2 : 0)}%` }} />
        </span>
        <span class="aside">
          {costUsd > 0 && `${cents(costUsd)} · `}
          {count(steps.length, "step")}
        </span>
        <span class="marks">
          <Lines added={sum("added")} removed={sum("removed")} />
          {commits > 0 && (
            <span class="commit" title={count(commits, "commit")}>
              <Icon name="git-commit" /> {commits}
            </span>
          )}
          {errors > 0 && (
            <span class="failed" title={`${count(errors, "error")}, not solved`}>
              <Icon name="error" />
              <span class="unseen">{count(errors, "error")}</span>
            </span>
          )}
        </span>
      </button>
    </li>
  );
});
