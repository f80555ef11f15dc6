import type { OptionName } from "./options.ts";
import type { Terminal } from "./terminal.ts";

/** A command of the terminal: all that is known of it, for whoever runs, explains or completes it. */
export interface Verb {
  /** What is typed after it: `[ID]`; of what has `…` in it there may be several. */
  takes?: string;
  /** In a line. */
  does: string;
  /** What else there is to know of it. */
  more?: string;
  /** Beside those of all commands. */
  options?: OptionName[];
  examples: string[];
  /** What it says can be long, and is shown page by page. */
  paged?: true;
  run(terminal: Terminal, words: string[]): Promise<void>;
}

export type Verbs = Record<string, Verb>;
