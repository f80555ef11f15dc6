import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeProgressRing,
  vsCodeTextField,
} from "@vscode/webview-ui-toolkit";
import type { ComponentChildren, HTMLAttributes, JSX } from "preact";
import { Icon } from "./icon.tsx";

/** The toolkit's controls, known only here so that they can be replaced in one place. */
provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeProgressRing(), vsCodeTextField());

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements {
      "vscode-button": HTMLAttributes<HTMLElement> & { appearance?: "primary" | "secondary" | "icon" };
      "vscode-progress-ring": HTMLAttributes<HTMLElement>;
      "vscode-text-field": HTMLAttributes<HTMLElement> & { value?: string; placeholder?: string };
    }
  }
}

interface ButtonProps {
  onPress: () => void;
  children: ComponentChildren;
}

/** A push button. */
export function Button({ onPress, children }: ButtonProps): JSX.Element {
  return (
    <vscode-button appearance="secondary" onClick={onPress}>
      {children}
    </vscode-button>
  );
}

interface IconButtonProps {
  icon: string;
  label: string;
  onPress: () => void;
  /** For one that stays pressed. */
  pressed?: boolean;
}

/** A button that is only a picture. */
export function IconButton({ icon, label, onPress, pressed }: IconButtonProps): JSX.Element {
  return (
    <vscode-button
      appearance="icon"
      aria-label={label}
      title={label}
      onClick={onPress}
      {...(pressed !== undefined && { "aria-pressed": pressed })}
    >
      <Icon name={icon} />
    </vscode-button>
  );
}

interface TextFieldProps {
  label: string;
  placeholder: string;
  value: string;
  onText: (text: string) => void;
}

/** A line to write in; what is written is told at every key. */
export function TextField({ label, placeholder, value, onText }: TextFieldProps): JSX.Element {
  const told = (event: Event) => onText((event.target as HTMLInputElement).value);
  return (
    <vscode-text-field aria-label={label} placeholder={placeholder} value={value} onInput={told}>
      <span slot="start" class="codicon codicon-search" aria-hidden="true" />
    </vscode-text-field>
  );
}

/** Shown while the first answer is on its way. */
export function Busy({ label }: { label: string }): JSX.Element {
  return <vscode-progress-ring role="progressbar" aria-label={label} />;
}
