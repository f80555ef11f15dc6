import { assigned } from "./assignments.ts";
import { OwnPatterns } from "./own-patterns.ts";
import { type Secret, shaped } from "./secrets.ts";

/** What this has written before is found as itself, so that it stays, whatever is around it. */
const MARK = /\[redacted: [^\][]{1,40}\]/g;

/** Takes secrets out of text. */
export class Redactor {
  readonly #own: OwnPatterns;

  /** @param patterns the user's own regular expressions, of what else is a secret; `sorted` tells which can be used */
  constructor(patterns: readonly string[] = []) {
    this.#own = new OwnPatterns(patterns);
  }

  /** The text with marks where secrets were, which say of which kind. Text that has none is returned as it is. */
  redact(text: string): string {
    const secrets = [...marks(text), ...shaped(text), ...assigned(text), ...this.#own.find(text)];
    if (secrets.length === 0) return text;
    const parts: string[] = [];
    let kept = 0;
    for (const { start, end, mark } of apart(secrets)) {
      parts.push(text.slice(kept, start), mark);
      kept = end;
    }
    parts.push(text.slice(kept));
    return parts.join("");
  }
}

function* marks(text: string): Generator<Secret> {
  for (const { 0: mark, index } of text.matchAll(MARK))
    yield { start: index, end: index + mark.length, mark };
}

/** In order, and those that overlap as one: each rule sees the text as it was, so their order matters to none. */
function apart(secrets: Secret[]): Secret[] {
  secrets.sort((a, b) => a.start - b.start || b.end - a.end);
  const result: Secret[] = [];
  for (const secret of secrets) {
    const last = result.at(-1);
    if (last && secret.start < last.end) last.end = Math.max(last.end, secret.end);
    else result.push({ ...secret });
  }
  return result;
}
