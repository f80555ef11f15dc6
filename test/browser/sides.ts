import { setTimeout as delay } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { readLease } from "../../extension/base/lease.ts";
import { askMeeting } from "../../extension/base/meeting.ts";
import type { Owner } from "../../extension/base/owner.ts";
import { tokenOf } from "../../extension/base/token.ts";
import type { Usage } from "../../extension/questions.ts";
import { measure } from "../bench/index/measure.ts";
import { openPage } from "./page.ts";

/** What a side says that everything came to; each says of it what it shows. */
export interface Told {
  /** In nano-dollars. */
  cost: number;
  /** Of all kinds. */
  tokens?: number;
  /** What each model cost. */
  models?: Record<string, number>;
}

type Row = Record<string, string | number>;
type Spent = { costUsd: number; tokens: object };

/** What the bill's page, the HTTP API and `agent-trace list` say of the same sessions. */
export async function everySide(
  browser: Browser,
  owner: Owner,
  dataDir: string,
): Promise<Record<string, Told>> {
  const rest = await askRest(dataDir);
  const { stdout } = await measure(
    process.execPath,
    ["dist/cli.js", "list", "--json", "--data-dir", dataDir, "--port", "0"],
    { HOME: dataDir },
  );
  const listed = JSON.parse(stdout) as Spent[];
  const models = await rest<Usage[]>("/api/usage?by=model");
  return {
    ...(await askPage(browser, owner, listed.length)),
    "REST, the totals": sumOf([await rest<Spent>("/api/totals")]),
    "REST, the bill's sessions": sumOf(await rest<Spent[]>("/api/bill")),
    "REST, by model": {
      ...sumOf(models),
      models: Object.fromEntries(models.map(({ name, costUsd }) => [name, nano(costUsd)])),
    },
    "agent-trace list": sumOf(listed),
  };
}

/** What stands in the page's tables, as it saves them. */
async function askPage(browser: Browser, owner: Owner, sessions: number): Promise<Record<string, Told>> {
  const saved = new Map<string, Row[]>();
  const days = (await owner.usage({ by: "day" })).map(({ name }) => name).filter(Boolean);
  const custom = { from: days[0] ?? "", to: days.at(-1) ?? "" };
  const circumstances = { workspace: "", billing: "api", weekStart: "monday", budgets: {}, dismissed: [] };
  const answers = {
    circumstances: async () => circumstances,
    usage: (wanted: Parameters<Owner["usage"]>[0]) => owner.usage(wanted),
    bill: (wanted: Parameters<Owner["bill"]>[0]) => owner.bill(wanted),
    breakdown: (wanted: Parameters<Owner["breakdown"]>[0]) => owner.breakdown(wanted),
    findings: (wanted: Parameters<Owner["findings"]>[0]) => owner.findings(wanted),
    reasons: (wanted: Parameters<Owner["reasons"]>[0]) => owner.reasons(wanted),
    alerts: (limit: number) => owner.alerts.history({ limit }),
    save: async (name: string, text: string) => void saved.set(name, JSON.parse(text) as Row[]),
  };
  await using bill = await openPage(browser, "bill", answers, { state: { range: "custom", custom } });
  // The dearest hundred are there first.
  await bill.page
    .getByText(`Show all ${sessions.toLocaleString("en")}`)
    .first()
    .waitFor();
  for (const table of ["Daily spend", "Sessions", "Tokens"])
    await bill.page.getByTitle(`Save ${table} as JSON`).click();
  while (saved.size < 3) await delay(10);
  const sum = (table: string, column: string, of = (value: number) => value) =>
    (saved.get(`${table}.json`) ?? []).reduce((all, row) => all + of(Number(row[column])), 0);
  const searches = "Web searches";
  const counted = (saved.get("tokens.json") ?? []).filter(row => row.Kind !== searches);
  return {
    "the page, by day": { cost: sum("daily-spend", "Cost", nano) },
    "the page, by session": { cost: sum("sessions", "Cost", nano), tokens: sum("sessions", "Tokens") },
    "the page, by kind of token": {
      cost: sum("tokens", "Cost", nano),
      tokens: counted.reduce((all, row) => all + Number(row.Tokens), 0),
    },
  };
}

async function askRest(dataDir: string): Promise<<T>(path: string) => Promise<T>> {
  const token = tokenOf(dataDir);
  const port = await askMeeting(token, { generation: readLease(dataDir)?.generation ?? 0 });
  const headers = { authorization: `Bearer ${token}` };
  return async <T>(path: string) =>
    (await fetch(`http://127.0.0.1:${port}${path}`, { headers })).json() as Promise<T>;
}

function sumOf(rows: Spent[]): Told {
  const count = ({ tokens }: Spent) =>
    Object.values(tokens).reduce((all: number, some: number) => all + some, 0);
  return {
    cost: rows.reduce((all, { costUsd }) => all + nano(costUsd), 0),
    tokens: rows.reduce((all, row) => all + count(row), 0),
  };
}

function nano(dollars: number): number {
  return Math.round(dollars * 1e9);
}
