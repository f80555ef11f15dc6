import { duration, lines, money, percent, short } from "../../../extension/base/format.ts";
import { programName } from "../../../extension/base/program.ts";
import type { Counted, Side } from "../../../extension/pages.ts";
import type { Tokens } from "../../../extension/protocol.ts";
import { modelName } from "../words.ts";
import { betterIn } from "./better.ts";
import {
  costDifference,
  countDifference,
  SAME,
  shareDifference,
  timeDifference,
  tokensDifference,
} from "./difference.ts";
import { both, type Cell, numberCell, type Row, type Sides } from "./row.ts";

/** What two sessions, or two prompts, came to. */
export function rowsOf(sides: Sides): Row[] {
  const whole = sides.every(({ prompt }) => prompt === undefined);
  const better = betterIn(sides);
  return [
    { ...costRow(sides), better: better.cost },
    { ...timeRow("At work", sides, side => side.activeMs), better: better.time },
    ...(whole ? [timeRow("Waiting for you", sides, side => side.waitingMs ?? 0)] : []),
    ...(whole ? [countRow("Prompts", sides, promptsOf)] : []),
    countRow("Tool calls", sides, side => side.steps),
    { ...countRow("Errors", sides, side => side.errors), better: better.errors },
    countRow("Files changed", sides, side => side.files),
    linesRow(sides),
    countRow("Commits", sides, side => side.commits),
    countRow("Sub-agents", sides, side => side.subagents),
    tokensRow("Tokens read", sides, inputOf),
    cacheRow(sides),
    tokensRow("Tokens written", sides, ({ output }) => output),
    namesRow("Model", sides, side => side.models.map(modelName).sort().join(", ")),
    namesRow("Client", sides, clientOf),
  ];
}

/** Where a side begins: its prompt, or the session. */
function startOf({ prompt }: Side): string | null {
  return prompt ?? null;
}

function costRow(sides: Sides): Row {
  const [a, b] = both(sides, side => side.costUsd);
  return { name: "Cost", cells: both(sides, costCell), difference: costDifference(a, b), better: null };
}

function costCell(side: Side): Cell {
  const unpriced = side.unpricedModels.map(modelName).join(", ");
  return {
    ...numberCell(side.costUsd, startOf(side), money(side.costUsd)),
    ...(unpriced && { aside: `without ${unpriced}, whose price is not known` }),
  };
}

function timeRow(name: string, sides: Sides, of: (side: Side) => number): Row {
  const [a, b] = both(sides, of);
  const cells = both(sides, side => numberCell(of(side), startOf(side), timeWords(of(side))));
  return { name, cells, difference: timeDifference(a, b), better: null };
}

function timeWords(ms: number): string {
  return ms > 0 ? duration(ms) : "0 s";
}

function countRow(name: string, sides: Sides, of: (side: Side) => Counted): Row {
  const [a, b] = both(sides, of);
  const cells = both(sides, side => numberCell(of(side).n, of(side).at ?? startOf(side)));
  return { name, cells, difference: countDifference(a.n, b.n), better: null };
}

function promptsOf({ prompts }: Side): Counted {
  return { n: prompts.length, at: prompts[0]?.id ?? null };
}

function linesRow(sides: Sides): Row {
  const all = ({ added, removed }: Side) => added + removed;
  const [a, b] = both(sides, all);
  const cells = both(sides, side =>
    numberCell(all(side), side.files.at ?? startOf(side), lines(side.added, side.removed) || "0"),
  );
  return { name: "Lines changed", cells, difference: countDifference(a, b, "line"), better: null };
}

function tokensRow(name: string, sides: Sides, of: (tokens: Tokens) => number): Row {
  const [a, b] = both(sides, ({ tokens }) => of(tokens));
  const cells = both(sides, side => numberCell(of(side.tokens), startOf(side), short(of(side.tokens))));
  return { name, cells, difference: tokensDifference(a, b), better: null };
}

function cacheRow(sides: Sides): Row {
  const share = ({ tokens }: Side) => (inputOf(tokens) > 0 ? tokens.cacheRead / inputOf(tokens) : undefined);
  const [a, b] = both(sides, share);
  const cells = both(sides, side => {
    const { cacheRead } = side.tokens;
    return numberCell(cacheRead, startOf(side), percent(cacheRead, inputOf(side.tokens)));
  });
  return { name: "Of them from the cache", cells, difference: shareDifference(a, b), better: null };
}

function namesRow(name: string, sides: Sides, of: (side: Side) => string): Row {
  const [a, b] = both(sides, of);
  const cells = both(sides, (side): Cell => ({ text: of(side) || "not known" }));
  return { name, cells, difference: a === b ? SAME : "another", better: null };
}

function clientOf({ clientVersion }: Side): string {
  return clientVersion === null ? "" : programName(clientVersion);
}

function inputOf({ input, cacheRead, cacheWrite5m, cacheWrite1h }: Tokens): number {
  return input + cacheRead + cacheWrite5m + cacheWrite1h;
}
