import type { JSX } from "preact";

/** A codicon; the text beside it says the same, so that screen readers pass it over. */
export function Icon({ name }: { name: string }): JSX.Element {
  return <span class={`codicon codicon-${name}`} aria-hidden="true" />;
}
