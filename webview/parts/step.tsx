import type { JSX } from "preact";
import { labelOf, troubleOf } from "../../extension/base/steps.ts";
import { toolIcon } from "../../extension/base/tool-icon.ts";
import type { Step } from "../../extension/protocol.ts";
import { Icon } from "./icon.tsx";

interface StepProps {
  step: Step;
  /** When the session began, for the time at the left. */
  start: number;
}

/** One tool call in one line. */
export function StepRow({ step, start }: StepProps): JSX.Element {
  const [label, name, trouble] = [labelOf(step), step.name ?? "", troubleOf(step)];
  return (
    <li class={["step", trouble && "failed", step.agentId && "agent"].filter(Boolean).join(" ")}>
      <time>{sinceStart(step.startedAt - start)}</time>
      <Icon name={toolIcon(name)} />
      <span class="what">
        <code>{label || name}</code>
        <span class="aside">
          {label && name}
          {step.agentId && " · sub-agent"}
          {trouble && <b> {trouble}</b>}
        </span>
      </span>
    </li>
  );
}

/** `3:12`, minutes and seconds since the session began. */
function sinceStart(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
