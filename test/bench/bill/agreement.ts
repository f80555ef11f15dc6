import { rmSync } from "node:fs";
import { join } from "node:path";
import { everySide, type Told } from "../../browser/sides.ts";
import { openOwner } from "../../extension/open-owner.ts";
import { launchBrowser } from "../../vscode/browser.ts";
import { keptCorpus } from "../index/corpus/kept.ts";
import { KINDS } from "../index/corpus/ledger.ts";
import type { Truth } from "../index/corpus/truth.ts";
import { type Rival, type RivalResult, runRival } from "../index/rival.ts";

/** Whether every side says the same of a corpus as those who made it: a line for each. */
export async function agreement(bench: string, rival: Rival, megabytes: number): Promise<string[]> {
  const { claude, truth } = keptCorpus(bench, megabytes);
  const theirs = await runRival(rival, claude, join(bench, "ccusage-home"));
  const home = join(bench, "agreement-home");
  rmSync(home, { recursive: true, force: true });
  await using owner = openOwner(home, { folders: [claude] });
  await owner.ready();
  const browser = await launchBrowser(process.env);
  const ours = await everySide(browser, owner, join(home, "data"));
  await browser.close();
  const right = toldBy(truth);
  const sides = Object.entries({ ...ours, ccusage: rivalSum(theirs) });
  return sides.map(([name, told]) => `${name.padEnd(28)} ${verdict(told, right)}`);
}

function toldBy({ cost, models }: Truth): Required<Told> {
  const all = Object.entries(models);
  return {
    cost,
    tokens: all.reduce((sum, [, spent]) => sum + KINDS.reduce((sum, kind) => sum + spent[kind], 0), 0),
    models: Object.fromEntries(all.map(([name, spent]) => [name, spent.cost])),
  };
}

function rivalSum({ total, models }: RivalResult): Told {
  const { input, output, cacheRead, cacheWrite } = total;
  return {
    cost: total.cost,
    tokens: input + output + cacheRead + cacheWrite,
    models: Object.fromEntries(Object.entries(models).map(([name, sum]) => [name, sum.cost])),
  };
}

function verdict({ cost, tokens, models }: Told, right: Required<Told>): string {
  const wrong = [
    cost !== right.cost && `cost ${cost}, not ${right.cost}`,
    tokens !== undefined && tokens !== right.tokens && `tokens ${tokens}, not ${right.tokens}`,
    ...Object.entries(models ?? {}).map(
      ([name, cost]) => cost !== right.models[name] && `${name} ${cost}, not ${right.models[name]}`,
    ),
  ].filter(Boolean);
  if (wrong.length > 0) {
    process.exitCode = 1;
    return `WRONG: ${wrong.join("; ")}`;
  }
  const also = [tokens !== undefined && `${tokens} tokens`, models && `${Object.keys(models).length} models`];
  return ["= the truth:", `${cost} nano-dollars`, ...also.filter(Boolean)].join(" ");
}
