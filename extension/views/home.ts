import { homedir } from "node:os";

/** A text with the user's home in it as `~`. */
export function tilde(text: string): string {
  return text.replaceAll(homedir(), "~");
}
