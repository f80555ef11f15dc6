import type { ComponentChildren, JSX } from "preact";
import { cents, duration } from "../../extension/base/format.ts";
import type { Kind } from "../lib/kind.ts";
import { since } from "../lib/words.ts";
import { Icon } from "./icon.tsx";
import { Lines } from "./lines.tsx";

interface HeadProps {
  /** Since the session began. */
  at: number;
  icon: string;
  kind: Kind;
  /** How it went, when not well. */
  trouble?: boolean;
  passed?: boolean;
  /** Whether it touched the file in the editor. */
  touched?: boolean | undefined;
  open: boolean;
  current: boolean;
  figures: ComponentChildren;
  children: ComponentChildren;
  onToggle: () => void;
}

/** The one line of a row, which opens it. */
export function Head(props: HeadProps): JSX.Element {
  const { at, icon, kind, trouble, passed, touched, open, current, figures, children, onToggle } = props;
  return (
    <button
      type="button"
      class="head"
      data-head
      aria-expanded={open}
      aria-current={current ? "step" : undefined}
      onClick={onToggle}
    >
      <time>{since(at)}</time>
      <span class={`icon ${kind} ${trouble ? "failed" : passed ? "passed" : ""}`}>
        <Icon name={icon} />
      </span>
      <span class="what">
        {children}
        {touched && (
          <span class="touched" title="It touched the file in the editor">
            {" "}
            <Icon name="file-symlink-file" />
            <span class="unseen">, touched the file in the editor</span>
          </span>
        )}
      </span>
      <span class="figures">{figures}</span>
    </button>
  );
}

interface FiguresProps {
  added?: number;
  removed?: number;
  durationMs: number | null;
  costUsd: number;
  tokens?: string | undefined;
}

/** Cheaper steps show no price: the eye is to find those that cost something. */
const WORTH_SAYING = 0.005;
/** And quick ones no time. */
const SLOW_MS = 100;

/** What a row came to. */
export function Figures({ added = 0, removed = 0, durationMs, costUsd, tokens }: FiguresProps): JSX.Element {
  return (
    <>
      <Lines added={added} removed={removed} />
      {tokens && <span class="aside">{tokens}</span>}
      {durationMs !== null && durationMs >= SLOW_MS && <span class="aside">{duration(durationMs)}</span>}
      {costUsd >= WORTH_SAYING && <span class="aside cost">{cents(costUsd)}</span>}
    </>
  );
}
