import { baseName, cents, count, money, short } from "../base/format.ts";
import { dayAt } from "../base/usual.ts";
import type { Usage, UsageBy } from "../questions.ts";
import { asJson } from "./json.ts";
import { oneOf } from "./misuse.ts";
import { noneOf } from "./none.ts";
import { choices } from "./options.ts";
import { reading } from "./progress.ts";
import { sinceOf } from "./since.ts";
import { type Column, table } from "./table.ts";
import type { Terminal } from "./terminal.ts";
import { inputOf } from "./tokens.ts";
import type { Verb } from "./verb.ts";
import { SHORT } from "./which.ts";

export const cost: Verb = {
  does: "what was spent, by day, model, project, session or kind of agent",
  more: "At the list prices of the day, or at yours where VS Code records and has them. Days are whole, and stand in their\norder; all else stands by what it cost.",
  options: ["by", "since"],
  examples: [
    "agent-trace cost --since 7d",
    "agent-trace cost --by model",
    "agent-trace cost --by session --json",
  ],
  paged: true,
  async run(terminal) {
    const { owner, json, print, options, width, paint } = terminal;
    const by = oneOf(choices("by"), options.by ?? "day", "--by") as UsageBy;
    await reading(terminal);
    const from = options.since === undefined ? {} : { from: dayAt(sinceOf(options.since, Date.now())) };
    const usage = await owner.usage({ by, ...from });
    if (by !== "day") usage.sort((a, b) => b.costUsd - a.costUsd);
    if (json) return print(asJson(usage));
    if (usage.length === 0) return print(await nothingOf(terminal));
    const names = await namesOf(terminal, by);
    print(table(columnsOf(by, names), [...usage, sumOf(usage)], width, paint).join("\n"));
    const unpriced = usage.reduce((sum, row) => sum + row.unpriced, 0);
    if (unpriced > 0)
      print(`${count(unpriced, "request")} to models whose price is not known are missing in the cost.`);
  },
};

async function nothingOf(terminal: Terminal): Promise<string> {
  const { since } = terminal.options;
  if (since !== undefined) return `Nothing was spent since ${since}. Leave out --since to see all.`;
  const { sessions } = await terminal.owner.totals();
  return sessions > 0 ? "No session has asked a model for anything yet." : noneOf(terminal);
}

/** How a row is called; those of sessions by their titles. */
async function namesOf({ owner }: Terminal, by: UsageBy): Promise<(name: string) => string> {
  if (by === "project") return name => baseName(name) || "(unknown)";
  if (by === "agent") return name => name || "(main thread)";
  if (by !== "session") return name => name || "(unknown)";
  const titles = new Map((await owner.sessions()).map(({ id, title }) => [id, title]));
  return id => `${id.slice(0, SHORT)}  ${titles.get(id) ?? ""}`;
}

function columnsOf(by: UsageBy, called: (name: string) => string): Column<Row>[] {
  const number = (of: (row: Row) => number) => (row: Row) => of(row).toLocaleString("en");
  // A prompt or a step is of no model; a zero would say that there were none.
  const doings: Column<Row>[] = [
    { name: "prompts", of: number(row => row.prompts), right: true },
    { name: "calls", of: number(row => row.toolCalls), right: true },
  ];
  return [
    { name: by, of: row => (row.name === SUM ? "in all" : called(row.name)), yields: true },
    ...(by === "model" ? [] : doings),
    { name: "requests", of: number(row => row.requests), right: true },
    { name: "tokens in", of: row => short(inputOf(row.tokens)), right: true },
    { name: "out", of: row => short(row.tokens.output), right: true },
    {
      ...{ name: "cost", right: true },
      of: row => (row.name === SUM ? money(Math.round(row.costUsd * 100) / 100) : cents(row.costUsd)),
      color: row => (row.name === SUM ? "bold" : undefined),
    },
  ];
}

/** What the table tells of. */
type Row = Pick<Usage, "name" | "prompts" | "toolCalls" | "requests" | "unpriced" | "tokens" | "costUsd">;

/** No day, model or folder has such a name. */
const SUM = "\0";

function sumOf(rows: Row[]): Row {
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0);
  return {
    name: SUM,
    ...{ prompts: sum(row => row.prompts), toolCalls: sum(row => row.toolCalls) },
    ...{ requests: sum(row => row.requests), unpriced: sum(row => row.unpriced) },
    tokens: {
      ...{ input: sum(row => row.tokens.input), output: sum(row => row.tokens.output) },
      cacheRead: sum(row => row.tokens.cacheRead),
      cacheWrite5m: sum(row => row.tokens.cacheWrite5m),
      cacheWrite1h: sum(row => row.tokens.cacheWrite1h),
    },
    costUsd: sum(row => row.costUsd),
  };
}
