import type { JSX } from "preact";
import { words } from "../lib/told.ts";
import { Markdown } from "../parts/markdown.tsx";
import type { CardProps } from "./card.tsx";

/** The plan that it showed before it began. */
export function PlanCard({ told }: CardProps): JSX.Element {
  const plan = words(told.input.plan) || words(told.details.plan) || told.result;
  return plan ? <Markdown text={plan} /> : <p class="note">The plan was not recorded.</p>;
}
