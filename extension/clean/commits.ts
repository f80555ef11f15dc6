import { type Json, object, text } from "./json.ts";

// Options may stand between git and what it is to do, some with a value of their own.
const COMMITS =
  /\bgit(?:\s+(?:-[Cc]\s+(?:"[^"]*"|'[^']*'|\S+)|-\S+))*\s+(commit|revert|cherry-pick)(?=[\s;&|)"'`]|$)([^|;&\n]*)/g;
const QUOTED = /"[^"]*"|'[^']*'/g;
// To commit, -n says only that no hook is to look; to the others that they are not to commit.
const NOT = { commit: /\s--dry-run\b/, other: /\s(--(abort|no-commit|quit)|-n)\b/ };

function commits(command: string): boolean {
  for (const [, verb, options = ""] of command.matchAll(COMMITS))
    if (!NOT[verb === "commit" ? "commit" : "other"].test(options.replace(QUOTED, ""))) return true;
  return false;
}

const PULLS = /\bgh\s+pr\s+create\b/;

/** What a command line may bring about, so that its output need be looked at. */
export function mayBring(command: string): { commit: true | undefined; pull: true | undefined } {
  return { commit: commits(command) || undefined, pull: PULLS.test(command) || undefined };
}

const NOTHING_DONE = /^(nothing to commit|nothing added to commit|no changes added to commit)/m;
const PRINTED = /^\[[^\]\n]+ ([0-9a-f]{7,40})\]/gm;
// As `git log --oneline` or `git rev-parse HEAD` print it after a quiet commit.
const LOGGED = /^(?=\d*[a-f])([0-9a-f]{7,40})\b/m;

/** The commits that a command made, by what it printed; a quiet one leaves its name untold. */
export function commitsIn(output: string, operation: unknown): (string | undefined)[] {
  const told = text(object(object(operation).commit).sha);
  const printed = [...output.matchAll(PRINTED)].map(match => match[1]);
  if (printed.length > 0) return printed;
  if (told !== undefined) return [told];
  return NOTHING_DONE.test(output) ? [] : [LOGGED.exec(output)?.[1]];
}

const PULL_URL = /https:\/\/[^\s"'<>]+\/(pull|merge_requests)\/\d+/;

/** The pull request that a command opened. */
export function pullIn(output: string, operation: Json): string | undefined {
  return text(object(operation.pr).url) ?? PULL_URL.exec(output)?.[0];
}
