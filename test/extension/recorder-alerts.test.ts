import { once } from "node:events";
import { expect, test, vi } from "vitest";
import type { AlertRule } from "../../extension/alert.ts";
import { Client } from "../../extension/base/client.ts";
import { readLease } from "../../extension/base/lease.ts";
import { askMeeting } from "../../extension/base/meeting.ts";
import { tokenOf } from "../../extension/base/token.ts";
import { Wire } from "../../extension/base/wire.ts";
import { assistantLine, toolLine, userLine } from "../lines.ts";
import { scratch } from "../scratch.ts";
import { agentTrace } from "./agent-trace.ts";
import { hook, SECRET } from "./alerts/receivers.ts";
import { openOwner } from "./open-owner.ts";
import { send } from "./post-hook.ts";

// Recorders are threads and processes of their own, which take their time where all cores are busy.
vi.setConfig({ testTimeout: 40_000 });

const SESSION = "claude/projects/shop/a.jsonl";
const soon = { timeout: 20_000, interval: 50 };

/** A response that costs $4 in this moment. */
function dear(id: string): string {
  const usage = { input_tokens: 1_000_000, output_tokens: 0 };
  const content = [{ type: "text", text: "Done." }];
  const now = { timestamp: new Date().toISOString() };
  return assistantLine({ id, model: "claude-opus-5-5", usage, content }, now);
}

/** `agent-trace serve`, that posts to a webhook. */
async function serving(folder: { path: string; at(name: string): string }, address: string) {
  const env = { AGENT_TRACE_WEBHOOK: address, AGENT_TRACE_WEBHOOK_SECRET: SECRET };
  const { start, run } = agentTrace(folder.path, folder.at("claude"), env);
  const data = ["--data-dir", folder.at("data")];
  const server = start("serve", ...data);
  await once(server.stdout, "data");
  const token = tokenOf(folder.at("data"));
  const port = await askMeeting(token, { generation: readLease(folder.at("data"))?.generation ?? 0 });
  const client = new Client(() => new Wire(Number(port), token));
  return {
    history: () => client.alerts.history({}),
    said: async () => (await run("alerts", ...data)).out,
    async end(signal: NodeJS.Signals) {
      server.kill(signal);
      await once(server, "exit");
    },
  };
}

const session: Omit<AlertRule, "name"> = {
  ...{ kind: "cost", threshold: 3, per: "session", deliver: ["webhook"] },
};

test("an alert is sent once, whatever becomes of recorders, and goes on being tried by the next", async () => {
  using there = await hook(503, 503);
  await using folder = await scratch({ [SESSION]: userLine("Go on.") });
  const put = (rule: object) =>
    send(folder.at("data"), "/api/alerts/Dear%20session", JSON.stringify(rule), undefined, "PUT");

  const first = await serving(folder, there.address);
  expect([await put({ ...session, window: "15m" }), await put({ kind: "cost" })]).toEqual([400, 400]);
  expect(await put(session)).toBe(200);
  await folder.append(SESSION, dear("m1"));
  await expect.poll(first.history, soon).toMatchObject([{ deliveries: [{ state: "due", tries: 2 }] }]);
  await first.end("SIGKILL");

  const second = await serving(folder, there.address);
  await expect.poll(() => there.got.length, soon).toBe(3);
  await expect
    .poll(second.history, soon)
    .toMatchObject([
      { rule: "Dear session", value: 4, deliveries: [{ way: "webhook", state: "sent", tries: 3 }] },
    ]);
  await second.end("SIGKILL");

  const third = await serving(folder, there.address);
  // A response that comes in lets the rules be looked at.
  await folder.append(SESSION, dear("m2") + toolLine("toolu_1", "Bash", { command: "ls" }));
  await new Promise(resolve => setTimeout(resolve, 2000));
  expect(await third.history()).toMatchObject([{ value: 4, endedAt: null }]);
  expect(await third.said()).toMatch(
    /^! \d\d:\d\d +Dear session: “Go on.” has used \$4\.00 of \$3\.00 \(133 %\)\./,
  );
  await third.end("SIGTERM");

  expect(new Set(there.got.map(({ id }) => id)).size).toBe(1);
  expect(there.got.every(({ isSigned }) => isSigned)).toBe(true);
  // At the first tier no title leaves.
  expect(JSON.stringify(there.got)).not.toContain("Go on.");
});

test("a window's settings say the rules, and its alerts are those of all windows", async () => {
  await using folder = await scratch({ [SESSION]: userLine("Go on.") + dear("m1") });
  const rules: AlertRule[] = [{ ...session, name: "Dear", deliver: ["notification"] }, {} as AlertRule];
  const alerts = { rules, weekStart: "monday" as const, webhook: "", mail: {} };
  const place = { dataDir: folder.at("data"), folders: [folder.at("claude")] };
  await using owner = openOwner(folder.path, { ...place, alerts });
  await using other = openOwner(folder.path, { ...place, alerts });
  await Promise.all([owner.ready(), other.ready()]);
  const told: string[] = [];
  other.hints.on(({ kind }) => told.push(kind));
  await expect
    .poll(() => other.alerts.history({ open: "yes" }), soon)
    .toMatchObject([{ rule: "Dear", notify: true, session: { title: "Go on." }, deliveries: [] }]);
  expect((await other.state()).notes).toMatchObject([{ what: "Some alerts are not looked at" }]);
  expect(await other.alerts.rules()).toEqual({ from: "settings", rules: rules.slice(0, 1) });
  await expect(other.alerts.remove("Dear")).rejects.toThrow("agentTrace.alerts");
  await expect(other.alerts.test("email")).rejects.toThrow("no mail's server yet");
  await owner.close();
  await other.ready();
  await new Promise(resolve => setTimeout(resolve, 1500));
  expect(await other.alerts.history({})).toHaveLength(1);
  expect(told.filter(kind => kind === "alert").length).toBeLessThanOrEqual(1);
});
