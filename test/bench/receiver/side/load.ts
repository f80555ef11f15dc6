/**
 * Sends hooks as many busy sessions of Claude Code would, for some time at some pace or as fast as they are taken,
 * and tells how long each had to wait for its answer. A process of its own, so that it is in nobody's way.
 */
import { Agent, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { hookAt } from "../hooks.ts";

export interface LoadWanted {
  port: number;
  token: string;
  count: number;
  /** So many a second; without it, as fast as they are taken. */
  pace?: number;
  connections: number;
  /** The number of the first one. */
  from: number;
  /** Whether to time hints as well. */
  hints?: boolean;
}

export interface Load {
  /** Milliseconds, one for each hook that was answered with 200. */
  acks: number[];
  /** How many were answered otherwise, or not at all. */
  refused: number;
  seconds: number;
  /** Milliseconds from the sending of a hook to the hint that its session changed. */
  hints: number[];
}

const TICK = 5;
const PROBE = 100;

async function load(wanted: LoadWanted): Promise<Load> {
  const { port, token, count, pace, connections, from } = wanted;
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const to = { agent, host: "127.0.0.1", port, headers: { authorization: `Bearer ${token}` } };
  const result: Load = { acks: [], refused: 0, seconds: 0, hints: [] };
  const probing = wanted.hints ? probe(to, result.hints) : undefined;
  const start = performance.now();
  const answers: Promise<void>[] = [];
  const send = async (n: number) => {
    const at = performance.now();
    if ((await post(to, JSON.stringify(hookAt(n)))) === 200) result.acks.push(performance.now() - at);
    else result.refused++;
  };
  for (let sent = 0; sent < count; ) {
    const due = pace === undefined ? count : Math.min(count, ((performance.now() - start) / 1000) * pace);
    for (; sent < due; sent++) answers.push(send(from + sent));
    await delay(TICK);
  }
  await Promise.all(answers);
  result.seconds = (performance.now() - start) / 1000;
  await probing?.end();
  agent.destroy();
  return result;
}

type To = { agent: Agent; host: string; port: number; headers: Record<string, string> };

function post(to: To, body: string): Promise<number | undefined> {
  const headers = { ...to.headers, "content-type": "application/json" };
  return new Promise(resolve => {
    request({ ...to, headers, method: "POST", path: "/v1/hooks" }, response =>
      response.resume().once("end", () => resolve(response.statusCode)),
    )
      .once("error", () => resolve(undefined))
      .end(body);
  });
}

/** Sends a hook of a new session now and then, and waits for the hint that tells of it. */
function probe(to: To, took: number[]): { end(): Promise<void> } {
  const sent = new Map<string, number>();
  const stream = request({ ...to, agent: false, path: "/api/stream" }, response => {
    let text = "";
    response.setEncoding("utf8").on("data", chunk => {
      const lines = (text + chunk).split("\n");
      text = lines.pop() ?? "";
      for (const line of lines) {
        const session = /"session":"(probe-\d+)"/.exec(line)?.[1] ?? "";
        const at = sent.get(session);
        if (at !== undefined) took.push(performance.now() - at);
        sent.delete(session);
      }
    });
  }).on("error", () => {});
  stream.end();
  let n = 0;
  const timer = setInterval(() => {
    const session = `probe-${n++}`;
    sent.set(session, performance.now());
    void post(to, JSON.stringify({ session_id: session, hook_event_name: "Stop" }));
  }, PROBE);
  return {
    async end() {
      clearInterval(timer);
      await delay(2000);
      stream.destroy();
    },
  };
}

process.once("message", wanted => {
  void load(wanted as LoadWanted).then(result => process.send?.(result, () => process.exit()));
});
