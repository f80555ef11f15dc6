import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ExpectedError } from "../base/expected-error.ts";
import type { Embedded } from "../pages.ts";
import type { StepContent } from "../protocol.ts";
import type { Format } from "./format.ts";
import type { Trace, TraceStep } from "./trace.ts";

/** In `dist/replay.html`, where the sessions go. */
const PLACE = "<!-- sessions -->";

/** No more is shown of one text, and of one list. */
const LONGEST = 20_000;
const MANY = 1000;
/** No more of what was said, so that a browser can show it; and of all, as many sessions have many steps. */
const MOST_SAID = 12_000_000;
const MOST = 40_000_000;

/** The replay as a page that is whole in itself, for a browser without a network. */
export function pageIn(dist: string): Format {
  const around = (side: 0 | 1) => readFileSync(join(dist, "replay.html"), "utf8").split(PLACE)[side] ?? "";
  return {
    ...{ extension: "html", words: "all", between: "\n" },
    get begin() {
      return around(0);
    },
    get end() {
      return around(1);
    },
    of(trace, before = 0) {
      // No text can end the element that it stands in.
      const json = JSON.stringify(embedded(trace, MOST_SAID - before)).replaceAll("<", "\\u003c");
      if (before + json.length > MOST)
        throw new ExpectedError(
          "That is more than a browser can show as one page. Export fewer sessions at a time, or as ndjson.",
        );
      return `<script type="application/json">${json}</script>`;
    },
  };
}

function embedded({ changes, prompts, ...head }: Trace, room: number): Embedded {
  const said: Embedded["said"] = {};
  let [left, leftOut] = [room, 0];
  const bare = ({ number, input, result, text, details, cut, ...step }: TraceStep) => step;
  for (const step of prompts.flatMap(prompt => prompt.steps)) {
    const content = contentOf(step);
    if (!content) continue;
    const { length } = JSON.stringify(content);
    if (length > left) leftOut++;
    else {
      said[step.id] = content;
      left -= length;
    }
  }
  const short = prompts.map(({ pictures, ...prompt }) => ({
    ...prompt,
    text: beginning(prompt.text),
    steps: prompt.steps.map(bare),
  }));
  const title = head.title || `Session ${head.id}`;
  return { session: { ...head, title, prompts: short, transcript: "" }, said, leftOut };
}

/** What was said in a step, as the replay asks for it. */
function contentOf({ input, result, text, details, cut }: TraceStep): StepContent | undefined {
  const said = { input, result, text, details };
  if (Object.values(said).every(value => value === undefined)) return undefined;
  let isCut = cut === true;
  const short = JSON.stringify(said, (_, value) => {
    const isLong =
      (typeof value === "string" && value.length > LONGEST) || (Array.isArray(value) && value.length > MANY);
    isCut ||= isLong;
    return isLong ? value.slice(0, typeof value === "string" ? LONGEST : MANY) : value;
  });
  const { input: given, details: noted, ...told } = JSON.parse(short);
  return {
    ...told,
    ...(given !== undefined && { input: JSON.stringify(given) }),
    ...(noted !== undefined && { details: JSON.stringify(noted) }),
    ...{ from: "store", cut: isCut },
  };
}

function beginning(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, LONGEST)}\n… (${text.length.toLocaleString("en")} characters in all)`;
}
