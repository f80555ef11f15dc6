/** What a key does on the page. */
export type Deed = Move | "open" | "close" | "toggle" | "play" | "filter" | "help" | "leave";

/** Goes on, or back, to the next of something. */
export interface Move {
  to: "step" | "prompt" | "error" | "edit" | "end";
  by: 1 | -1;
}

const KEYS: Record<string, Deed> = {
  j: { to: "step", by: 1 },
  k: { to: "step", by: -1 },
  ArrowDown: { to: "step", by: 1 },
  ArrowUp: { to: "step", by: -1 },
  "]": { to: "prompt", by: 1 },
  "[": { to: "prompt", by: -1 },
  e: { to: "error", by: 1 },
  E: { to: "error", by: -1 },
  d: { to: "edit", by: 1 },
  D: { to: "edit", by: -1 },
  Home: { to: "end", by: -1 },
  End: { to: "end", by: 1 },
  ArrowRight: "open",
  ArrowLeft: "close",
  Enter: "toggle",
  " ": "play",
  "/": "filter",
  "?": "help",
  Escape: "leave",
};

/** For the overlay that tells of them. */
export const HELP: [keys: string[], does: string][] = [
  [["j", "↓"], "Next step"],
  [["k", "↑"], "Step before"],
  [["Enter"], "Open or close the step"],
  [["→", "←"], "Open, close"],
  [["]", "["], "Next prompt, prompt before"],
  [["e", "E"], "Next error, error before"],
  [["d", "D"], "Next edit, edit before"],
  [["Home", "End"], "First step, last step"],
  [["Space"], "Play, pause"],
  [["/"], "Filter"],
  [["Esc"], "Clear the filter, close this"],
  [["?"], "These keys"],
];

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  target: EventTarget | null;
}

/** What a pressed key is to do here, if it is not meant for what has the focus. */
export function deedOf({ key, ctrlKey, metaKey, altKey, target }: Pressed): Deed | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  const element = target instanceof Element ? target : undefined;
  const writes =
    element?.closest("input, textarea, select, vscode-text-field") !== null && element !== undefined;
  if (writes) return key === "Escape" ? KEYS[key] : undefined;
  // Buttons press themselves, and the scrubber moves itself.
  if (/^(Enter| )$/.test(key) && element?.closest("button, a, vscode-button")) {
    const head = element.closest("[data-head]");
    return head && key === " " ? KEYS[key] : undefined;
  }
  if (/^(Arrow|Home|End)/.test(key) && element?.closest("[role=slider]")) return undefined;
  return Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
}
