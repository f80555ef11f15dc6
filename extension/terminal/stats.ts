import { cents, duration, lines, short } from "../base/format.ts";
import type { ModelRequest, Session } from "../protocol.ts";
import { headOf } from "./head.ts";
import { asJson } from "./json.ts";
import { reading } from "./progress.ts";
import { type Column, table } from "./table.ts";
import { type Tally, tallies } from "./tally.ts";
import { inputOf } from "./tokens.ts";
import type { Verb } from "./verb.ts";
import { whichSession } from "./which.ts";

export const stats: Verb = {
  takes: "[ID]",
  does: "how often each tool was used, how long it took, what failed and what it cost",
  more: "Without an ID it is the session last at work. What a sub-agent cost is told with the call that started it.",
  examples: ["agent-trace stats", "agent-trace stats 3f2a --json | jq '.tools[] | select(.failed > 0)'"],
  paged: true,
  async run(terminal, [given]) {
    const { owner, json, print, width, paint } = terminal;
    await reading(terminal);
    const session = await owner.session(await whichSession(terminal, given));
    const [tools, models] = [tallies(session), modelsOf(session)];
    if (json) return print(asJson({ session: session.id, tools, models }));
    for (const line of headOf(session, width, paint)) print(line);
    if (tools.length > 0) print(["", ...table(TOOLS, tools, width, paint)].join("\n"));
    if (models.length > 0) print(["", ...table(MODELS, models, width, paint)].join("\n"));
  },
};

const some = (n: number) => (n === 0 ? "" : n.toLocaleString("en"));
const time = (ms: number | null) => (ms === null ? "" : duration(ms));

const TOOLS: Column<Tally>[] = [
  { name: "tool", of: ({ tool }) => tool, yields: true, color: () => "blue" },
  { name: "calls", of: ({ calls }) => some(calls), right: true },
  { name: "failed", of: ({ failed }) => some(failed), right: true, color: () => "red" },
  { name: "denied", of: ({ denied }) => some(denied), right: true, color: () => "yellow" },
  { name: "median", of: ({ medianMs }) => time(medianMs), right: true },
  { name: "longest", of: ({ longestMs }) => time(longestMs), right: true },
  { name: "in all", of: ({ totalMs }) => time(totalMs), right: true },
  { name: "lines", of: tally => lines(tally.linesAdded, tally.linesRemoved), right: true },
  { name: "cost", of: ({ costUsd }) => cents(costUsd), right: true },
];

interface ModelTally {
  model: string;
  requests: number;
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
}

function modelsOf({ requests }: Session): ModelTally[] {
  const byModel = new Map<string, ModelRequest[]>();
  for (const request of requests) {
    const model = request.model ?? "(unknown)";
    byModel.set(model, [...(byModel.get(model) ?? []), request]);
  }
  return [...byModel].map(([model, of]) => ({
    ...{ model, requests: of.length },
    inputTokens: of.reduce((sum, { tokens }) => sum + inputOf(tokens), 0),
    outputTokens: of.reduce((sum, { tokens }) => sum + tokens.output, 0),
    costUsd: of.reduce((sum, { costUsd }) => sum + costUsd, 0),
  }));
}

const MODELS: Column<ModelTally>[] = [
  { name: "model", of: ({ model }) => model, yields: true },
  { name: "requests", of: ({ requests }) => some(requests), right: true },
  { name: "tokens in", of: ({ inputTokens }) => short(inputTokens), right: true },
  { name: "out", of: ({ outputTokens }) => short(outputTokens), right: true },
  { name: "cost", of: ({ costUsd }) => cents(costUsd), right: true },
];
