import { createHash } from "node:crypto";
import { baseName, brief, count, duration, inDollars, lines, oneLine } from "../base/format.ts";
import { isError, labelOf, troubleOf } from "../base/steps.ts";
import type { Format } from "./format.ts";
import { STYLE } from "./html-style.ts";
import { Html, html } from "./html-text.ts";
import { legible, plainOf } from "./plain.ts";
import type { TracePrompt, TraceStep } from "./trace.ts";

// Nothing but this very style: no script, no picture, no request to anywhere, whatever a transcript says.
const HASH = createHash("sha256").update(STYLE).digest("base64");
const POLICY = `default-src 'none'; style-src 'sha256-${HASH}'; base-uri 'none'; form-action 'none'`;

/** No more of one text is shown; the rest is in the transcript. */
const LONGEST = 20_000;
/** No more of a session's texts, so that a browser can show them. */
const MOST = 12_000_000;

/** A page that is whole in itself, for a browser without a network. */
export const page: Format = {
  ...{ extension: "html", words: "all" },
  begin: html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>Agent Trace</title>
<style>${new Html(STYLE)}</style>
<div class="show quiet"><b>Agent Trace</b>
<label><input type="radio" name="show" id="everything" checked> everything</label>
<label><input type="radio" name="show" id="edits"> edits</label>
<label><input type="radio" name="show" id="errors"> errors</label>
<label><input type="radio" name="show" id="words"> what was said</label></div>
`.text,
  between: "<hr>\n",
  end: "</html>\n",
  of(trace) {
    const { title, id, project, models, startedAt, endedAt, costUsd, toolCalls, errors, files, prompts } =
      trace;
    const room = { left: MOST };
    return html`<article>
<header><h1>${title || `Session ${id}`}</h1>
<p>${brief(id, trace.status, when(startedAt))}</p>
<p>${brief(baseName(project), models.join(", "), duration(endedAt - startedAt), inDollars(costUsd))}</p>
<p>${brief(count(toolCalls, "tool call"), errors > 0 && count(errors, "error"), count(files.length, "file"))}</p>
</header>
<nav><ol>${prompts.map(
      (
        prompt,
        i,
      ) => html`<li><a href="#${id}-${i + 1}">${oneLine(legible(prompt.text), 120) || `Prompt ${i + 1}`}</a></li>
`,
    )}</ol></nav>
${prompts.map((prompt, i) => chapter(prompt, `${id}-${i + 1}`, room))}</article>
`.text;
  },
};

interface Room {
  left: number;
}

function chapter({ text, startedAt, costUsd, steps }: TracePrompt, id: string, room: Room): Html {
  return html`<section id="${id}"><h2>${when(startedAt)} <span class="quiet">${inDollars(costUsd)}</span></h2>
<div class="said">${shown(text, room)}</div>
${steps.map(step => part(step, room))}</section>
`;
}

function part(step: TraceStep, room: Room): Html {
  const { number, kind, name, durationMs, failure, added, removed, agentId, input, result, text, cut } = step;
  const trouble = troubleOf(step);
  const aside = brief(
    trouble && (failure ? `${trouble}: ${failure.code.replaceAll("_", " ")}` : trouble),
    lines(added, removed),
    durationMs !== null && durationMs >= 100 && duration(durationMs),
  );
  const row = html`<span class="number">${number}</span><span class="name">${agentId && "↳ "}${name ?? kind}</span>
<span class="what">${legible(labelOf(step))}</span><span class="aside">${aside}</span>`;
  const told = [
    text && html`<pre>${shown(text, room)}</pre>`,
    input !== undefined && html`<pre>${inputOf(input, room)}</pre>`,
    result && html`<pre>${shown(result, room)}</pre>`,
    cut && html`<p class="quiet">Some of it was too long to be kept.</p>`,
  ].filter(piece => piece instanceof Html);
  const kinds = [
    "step",
    isError(step) && "bad",
    added + removed > 0 && "edit",
    (kind === "response" || kind === "thinking") && "text",
    agentId && "agent",
  ].filter(Boolean);
  const inside =
    told.length > 0 ? html`<details><summary>${row}</summary>${told}</details>` : html`<p>${row}</p>`;
  return html`<div class="${kinds.join(" ")}">${inside}</div>
`;
}

/** What a tool was given; of an edit what went and what came. */
function inputOf(input: unknown, room: Room): Html {
  const { old_string: old, new_string: fresh, ...rest } = (input ?? {}) as Record<string, unknown>;
  if (typeof old !== "string" || typeof fresh !== "string") return html`${shown(plainOf(input), room)}`;
  const signed = (sign: string, text: string) =>
    text === "" ? "" : shown(text.replace(/^/gm, `${sign} `), room);
  return html`${shown(plainOf(rest), room)}
<span class="minus">${signed("-", old)}</span>
<span class="plus">${signed("+", fresh)}</span>`;
}

function shown(text: string, room: Room): string {
  const kept = legible(text).slice(0, Math.min(LONGEST, room.left));
  room.left -= kept.length;
  return kept.length < text.length - LONGEST / 100
    ? `${kept}\n… (${text.length.toLocaleString("en")} characters in all)`
    : kept;
}

function when(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
