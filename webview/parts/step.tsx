import type { JSX } from "preact";
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
  return (
    <li class={["step", step.failed && "failed", step.agent && "agent"].filter(Boolean).join(" ")}>
      <time>{sinceStart(step.at - start)}</time>
      <Icon name={toolIcon(step.tool)} />
      <span class="what">
        <code>{step.label || step.tool}</code>
        <span class="aside">
          {step.label && step.tool}
          {step.agent && " · sub-agent"}
          {step.failed && <b> failed</b>}
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
