import type { JSX } from "preact";
import { memo } from "preact/compat";
import { short } from "../../extension/base/format.ts";
import { isTrouble } from "../../extension/base/steps.ts";
import { toolIcon } from "../../extension/base/tool-icon.ts";
import type { Step } from "../../extension/protocol.ts";
import { Card } from "../cards/card.tsx";
import { codeWords, headlineOf } from "../lib/headline.ts";
import { type Kind, kindOf } from "../lib/kind.ts";
import type { Row } from "../lib/rows.ts";
import type { Story } from "../lib/story.ts";
import type { Bar } from "../lib/waterfall.ts";
import { BarOf } from "./bar.tsx";
import { Figures, Head } from "./head.tsx";
import { MarkdownLine } from "./markdown.tsx";

interface StepRowProps {
  row: Extract<Row, { kind: "step" }>;
  story: Story;
  current: boolean;
  onToggle: (row: Row) => void;
  /** When it was done, in the waterfall. */
  bar?: Bar | undefined;
}

/** Something that the agent did, in one line that opens into all that is known of it. */
export const StepRow = memo(({ row, story, current, onToggle, bar }: StepRowProps): JSX.Element => {
  const { step, depth, open } = row;
  const kind = kindOf(step);
  const trouble = isTrouble(step);
  const request = kind === "said" ? story.requests.get(step.requestId ?? "") : undefined;
  const names = ["row", current && "current", open && "open", trouble && "failed"].filter(Boolean).join(" ");
  return (
    <article class={names} style={{ "--depth": depth }}>
      <Head
        {...{ current, open, trouble, kind, onToggle: () => onToggle(row) }}
        touched={story.open?.steps.has(step.id)}
        passed={kind === "command" && step.status === "ok"}
        at={step.startedAt - story.session.startedAt}
        icon={step.status === "running" ? "loading" : iconOf(step, kind)}
        figures={
          bar ? (
            <BarOf {...{ bar, kind, trouble }} />
          ) : (
            <Figures
              {...{ added: step.added, removed: step.removed, costUsd: step.costUsd }}
              durationMs={kind === "said" ? null : step.durationMs}
              tokens={request ? `${short(request.tokens.output)} tokens` : undefined}
            />
          )
        }
      >
        <Line {...{ step, story, trouble, open }} />
      </Head>
      {open && <Card {...{ step, story }} />}
    </article>
  );
});

interface LineProps {
  step: Step;
  story: Story;
  trouble: boolean;
  open: boolean;
}

function Line({ step, story, trouble, open }: LineProps): JSX.Element {
  // What was said is not said twice.
  if (open && step.kind === "response") return <span class="aside">Answered</span>;
  if (open && step.kind === "thinking") return <span class="aside">Thought</span>;
  const { lead, code, strong, said, aside } = headlineOf(step, story);
  return (
    <>
      {lead && <span class="lead">{lead} </span>}
      {said && <MarkdownLine text={said} />}
      {code && <code>{code}</code>}
      {strong && <b>{strong}</b>}
      {trouble && step.kind === "tool" && (
        <span class="outcome">
          {" "}
          {codeWords(step)}
          {story.solved.has(step.id) && <span class="aside">, solved later</span>}
        </span>
      )}
      {aside && <span class="aside"> · {aside}</span>}
    </>
  );
}

const ICONS: Record<Exclude<Step["kind"], "tool">, string> = {
  response: "comment-discussion",
  thinking: "lightbulb-sparkle",
  retry: "sync",
  error: "error",
  compaction: "fold",
  command: "chevron-right",
  interruption: "circle-slash",
};

function iconOf(step: Step, kind: Kind): string {
  if (step.kind !== "tool") return ICONS[step.kind];
  return kind === "command" ? "terminal" : toolIcon(step.name ?? "");
}
