import { duration, exactClock, lines, money } from "../base/format.ts";
import { troubleOf } from "../base/steps.ts";
import { about, type Moment, type NumberedStep } from "./moments.ts";
import type { Color, Paint } from "./paint.ts";
import { cut, padded, shown, widthOf } from "./width.ts";

/** How a moment looks. */
const LOOKS: Record<Moment["kind"], [mark: string, color?: Color]> = {
  prompt: ["❯", "bold"],
  tool: ["·"],
  response: ["●"],
  thinking: ["∴", "dim"],
  retry: ["↻", "yellow"],
  error: ["✗", "red"],
  compaction: ["≈", "magenta"],
  command: ["/", "cyan"],
  interruption: ["■", "yellow"],
};

const LONGEST_NAME = 16;

/** Says moments in lines of the same columns. */
export class MomentLines {
  readonly #width: number;
  readonly #paint: Paint;
  readonly #names: number;

  constructor(moments: Moment[], width: number, paint: Paint) {
    this.#width = width;
    this.#paint = paint;
    this.#names = Math.min(LONGEST_NAME, Math.max(4, ...moments.map(moment => widthOf(nameOf(moment)))));
  }

  of(moment: Moment): string {
    const [mark, color] = LOOKS[moment.kind];
    const isPrompt = moment.kind === "prompt";
    const aside = isPrompt ? [money(moment.costUsd)] : asidesOf(moment);
    const asideText = aside.join(", ");
    const trouble = isPrompt ? undefined : troubleOf(moment);
    const number = padded(`${isPrompt ? "p" : ""}${moment.number}`, 4, "right");
    const name = isPrompt ? "" : `${padded(nameOf(moment), this.#names)}  `;
    const start = `${number}  ${exactClock(moment.startedAt)}  `;
    const room = this.#width - widthOf(start) - 2 - widthOf(name) - widthOf(asideText) - 2;
    const words = padded(shown(about(moment)), Math.max(8, room));
    const paint = this.#paint;
    return [
      isPrompt ? "\n" : "",
      paint("dim", start),
      trouble ? paint("red", "✗") : paint(color, mark),
      " ",
      paint(isPrompt ? color : nameColor(moment), name),
      paint(moment.kind === "tool" ? undefined : color, asideText ? words : words.trimEnd()),
      asideText ? `  ${paint(trouble ? "red" : "dim", asideText)}` : "",
    ].join("");
  }
}

function nameColor({ kind, agentId }: NumberedStep): Color | undefined {
  if (kind !== "tool") return LOOKS[kind][1];
  return agentId === null ? "blue" : "magenta";
}

function nameOf(moment: Moment): string {
  if (moment.kind === "prompt" || moment.kind === "response" || moment.kind === "thinking") return "";
  // Of a tool of MCP the server is said by the name's beginning, and of its notices that they are; the end tells more.
  const name = shown(moment.name ?? moment.kind).replace(/^(mcp__.*__|notifications\/)/, "");
  return `${moment.agentId === null ? "" : "↳ "}${cut(name, LONGEST_NAME - 2)}`;
}

function asidesOf(step: NumberedStep): string[] {
  const trouble = troubleOf(step);
  const code = step.failure && trouble === "failed" ? step.failure.code.replaceAll("_", " ") : trouble;
  const took = step.durationMs === null || step.durationMs < 100 ? "" : duration(step.durationMs);
  const asides = [step.status === "running" && "running", code, lines(step.added, step.removed), took];
  return asides.filter(aside => typeof aside === "string" && aside !== "") as string[];
}
