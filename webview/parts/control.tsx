import { provideVSCodeDesignSystem, vsCodeButton, vsCodeProgressRing } from "@vscode/webview-ui-toolkit";
import type { ComponentChildren, HTMLAttributes, JSX } from "preact";

/** The toolkit's controls, known only here so that they can be replaced in one place. */
provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeProgressRing());

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements {
      "vscode-button": HTMLAttributes<HTMLElement> & { appearance?: "primary" | "secondary" | "icon" };
      "vscode-progress-ring": HTMLAttributes<HTMLElement>;
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

/** Shown while the first answer is on its way. */
export function Busy({ label }: { label: string }): JSX.Element {
  return <vscode-progress-ring role="progressbar" aria-label={label} />;
}
