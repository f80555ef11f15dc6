import type { JSX } from "preact";
import type * as panel from "../parts/control.tsx";
import { Icon } from "../parts/icon.tsx";

/** The controls without the editor's toolkit, which would be a fifth of the file. */
export const Button: typeof panel.Button = ({ onPress, children }) => (
  <button type="button" class="button" onClick={onPress}>
    {children}
  </button>
);

export const IconButton: typeof panel.IconButton = ({ icon, label, onPress, pressed }) => (
  <button
    type="button"
    class="icon-button"
    aria-label={label}
    title={label}
    onClick={onPress}
    {...(pressed !== undefined && { "aria-pressed": pressed })}
  >
    <Icon name={icon} />
  </button>
);

export const TextField: typeof panel.TextField = ({ label, placeholder, value, onText }) => (
  <span class="field">
    <Icon name="search" />
    <input
      type="text"
      aria-label={label}
      placeholder={placeholder}
      value={value}
      onInput={event => onText(event.currentTarget.value)}
    />
  </span>
);

export const Busy: typeof panel.Busy = ({ label }): JSX.Element => <p class="message">{label}…</p>;
