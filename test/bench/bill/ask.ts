import { setTimeout as delay } from "node:timers/promises";
import type { Owner } from "../../../extension/base/owner.ts";
import { dayAt } from "../../../extension/base/usual.ts";
import type { Window } from "../../../extension/bill.ts";
import { openOwner } from "../../extension/open-owner.ts";

/** How long each question took, in milliseconds, and what each list that should add up to everything does. */
export interface Answers {
  took: Map<string, number>;
  sums: number[];
  windows: Window[];
}

/** Asks a recorder that has read everything, as the page does, so many times from its start on. */
export async function reading(
  dataDir: string,
  claude: string,
  end: number,
  times: number,
): Promise<Answers[]> {
  await using owner = openOwner(claude, { dataDir, folders: [claude] });
  await owner.ready();
  for (let isRead = false; !isRead; await delay(50)) {
    const { read, found, scanned } = await owner.state();
    isRead = scanned && read === found;
  }
  const answers: Answers[] = [];
  for (let i = 0; i < times; i++) answers.push(await askAll(owner, end));
  return answers;
}

async function askAll(owner: Owner, end: number): Promise<Answers> {
  const took = new Map<string, number>();
  const ask = async <T>(what: string, question: Promise<T>): Promise<T> => {
    const start = performance.now();
    const answer = await question;
    took.set(what, performance.now() - start);
    return answer;
  };
  const spent = (rows: { costUsd: number }[]) =>
    Math.round(rows.reduce((sum, row) => sum + row.costUsd, 0) * 1e9);
  const days = await ask("the days of a year", owner.usage({ by: "day" }));
  const all = await ask("everything told apart", owner.breakdown({ stack: "model" }));
  const dearest = await ask("the 100 dearest sessions", owner.bill({ limit: 100 }));
  await ask("by project instead", owner.breakdown({ stack: "project" }));
  await ask("only a model", owner.breakdown({ stack: "model", model: "claude-opus-5" }));
  await ask("only a tool", owner.breakdown({ stack: "model", tool: "Bash" }));
  await ask("the sessions of that tool", owner.bill({ limit: 100, tool: "Bash" }));
  await ask("a month", owner.breakdown({ from: dayAt(end - 30 * 864e5) }));
  const sessions = await ask("all 5,000 sessions with their titles", owner.bill({}));
  await ask("why a day was dear", owner.reasons({ day: dayAt(end - 9 * 864e5) }));
  if (dearest.length !== 100) throw new Error("There are not as many sessions as were made up.");
  const lists = [days, all.days, sessions, all.buckets, all.windows, ...Object.values(all.by)];
  return { took, sums: lists.map(spent), windows: all.windows };
}
