import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { count, duration, money } from "../../extension/base/format.ts";
import { list, words } from "../lib/told.ts";
import { Link } from "../parts/link.tsx";
import { Markdown } from "../parts/markdown.tsx";
import type { CardProps } from "./card.tsx";

// What the client writes around a report, for the model and not for people.
const WRAPPING =
  /<tools-used-before-summary>[\s\S]*?<\/tools-used-before-summary>|^\s*\[Subagent hand-back\][^\n]*\n/g;

/** What a sub-agent was asked and what it reported; its own steps follow below as rows. */
export function AgentCard({ step, story, told }: CardProps): JSX.Element {
  const [asked, setAsked] = useState(false);
  const { input, details, result } = told;
  const [agent] = story.agents.get(step.id) ?? [];
  const steps = story.nested.get(step.id)?.length ?? 0;
  const said = list(details.content)
    .map(part => words(part.text))
    .join("\n");
  // One in the background reports later: with the last of its steps.
  const report = details.status === "async_launched" ? "" : (said || result).replace(WRAPPING, "").trim();
  const facts = [
    steps > 0 && count(steps, "step"),
    agent && agent.costUsd > 0 && money(agent.costUsd),
    step.durationMs !== null && duration(step.durationMs),
    input.run_in_background === true && "in the background",
  ];
  return (
    <>
      <p class="about">
        {facts.filter(Boolean).join(" · ")}
        <Link onPress={() => setAsked(!asked)} expanded={asked}>
          What it was asked
        </Link>
      </p>
      {asked && <Markdown text={words(input.prompt)} />}
      {report && !asked && <Markdown text={report} />}
    </>
  );
}
