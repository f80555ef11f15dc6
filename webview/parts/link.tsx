import type { ComponentChildren, JSX } from "preact";

interface LinkProps {
  onPress: () => void;
  children: ComponentChildren;
  class?: string;
  title?: string;
  pressed?: boolean;
  expanded?: boolean;
}

/** A button that looks like the text it stands in. */
export function Link({ onPress, children, title, pressed, expanded, ...rest }: LinkProps): JSX.Element {
  return (
    <button
      type="button"
      class={`link ${rest.class ?? ""}`}
      onClick={onPress}
      {...(title !== undefined && { title })}
      {...(pressed !== undefined && { "aria-pressed": pressed })}
      {...(expanded !== undefined && { "aria-expanded": expanded })}
    >
      {children}
    </button>
  );
}
