import { connect } from "node:net";
import { ExpectedError } from "../../../extension/base/expected-error.ts";
import { Signal } from "../../../extension/base/signal.ts";
import type { Batch } from "../../../extension/capture/otlp/model.ts";
import type { Api, Hint } from "../../../extension/protocol.ts";
import type { ProgramEvent } from "../../../extension/questions.ts";
import { LIMITS, type Limits } from "../../../extension/serve/limits.ts";
import { buildServer, listen } from "../../../extension/serve/server.ts";

const NO_TOKENS = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };

/** Says back what it was asked, so that a test sees what came through; the rest is tested with the store. */
const echo = (answer: unknown) => Promise.resolve([answer] as never[]);
export const echoing: Api = {
  sessions: echo,
  session: async id => {
    throw id === "broken" ? new Error("secret detail") : new ExpectedError("This session is not known.");
  },
  timeline: (session, wanted) => echo({ session, ...wanted }),
  edits: echo,
  changes: async (session, wanted) => ({ title: JSON.stringify({ session, ...wanted }), files: [] }),
  takeBack: async (session, { text, ...wanted }) => ({
    ...{
      text: JSON.stringify({ session, ...wanted, text }),
      places: [],
      done: 1,
      gone: false,
      conflicts: [],
    },
  }),
  fileHistory: file => echo({ file }),
  blame: async wanted => ({ spans: [], steps: [], others: [], ...wanted }),
  usage: echo,
  bill: echo,
  breakdown: wanted => echo(wanted).then(([answer]) => answer as never),
  derivation: wanted => echo(wanted).then(([answer]) => answer as never),
  findings: echo,
  reasons: wanted => echo(wanted).then(([answer]) => answer as never),
  search: async wanted => ({ matches: await echo(wanted) }),
  content: async (_session, step) => ({ text: `what ${step} said`, from: "transcript", cut: false }),
  totals: async () => ({ sessions: 2, prompts: 3, steps: 4, requests: 5, costUsd: 6, tokens: NO_TOKENS }),
  scan: async () => {},
  state: async () => ({
    ...{ folders: [], found: 0, read: 0, scanned: true, skipped: 0, unknown: [], deadLetters: 0 },
    ...{ heard: {}, tier: 1, redact: [], timeZone: "UTC", storeSize: 0 },
    ...{ erased: false, notes: [] },
  }),
  backUp: async () => {},
  compact: async () => ({ before: 2, after: 1 }),
  deleteSessions: async () => {},
  deleteAll: async () => {},
  takePrices: async text => ({ models: text.length, changed: false }),
  readAgain: async () => {},
  replayEvents: async () => 3,
  takeIn: async () => {},
  alerts: {
    rules: async () => ({ from: "store", rules: [] }),
    put: async () => {},
    remove: async () => {},
    history: echo,
    test: async () => {},
    entrust: async () => {},
  },
  agreeToForward: async () => {},
};

/** A server and all that it handed on; `await using` closes it. Its token is `right`. */
export function serving(limits: Partial<Limits> = {}, api = echoing) {
  const hints = new Signal<Hint>();
  const received: unknown[] = [];
  const telemetry: Batch[] = [];
  const events: ProgramEvent[] = [];
  const logged: string[] = [];
  const server = buildServer(
    {
      ...{ api, hints, token: "right", log: (line: string) => logged.push(line) },
      receive: async hook => void received.push(hook),
      receiveTelemetry: async batch => void telemetry.push(batch),
      receiveEvents: async some => void events.push(...some),
    },
    { ...LIMITS, ...limits },
  );
  return {
    ...{ server, hints, received, telemetry, events, logged },
    listen: () => listen(server, 0),
    [Symbol.asyncDispose]: async () => void (await server.close()),
  };
}

export const headers = { host: "127.0.0.1:8317", authorization: "Bearer right" };

/** A bare connection, on which what is sent and when is up to the test. */
export function dial(port: number) {
  const socket = connect(port, "127.0.0.1");
  let heard = "";
  socket.setEncoding("utf8").on("data", text => {
    heard += text;
  });
  // It may be cut while we still send.
  socket.on("error", () => {});
  const closed = new Promise<void>(resolve => socket.once("close", () => resolve()));
  return {
    ...{ socket, closed },
    heard: () => heard,
    send: (text: string) => socket.write(text),
    status: () => Number(/^HTTP\/1\.1 (\d+)/.exec(heard)?.[1]),
    [Symbol.dispose]: () => void socket.destroy(),
  };
}

/** The head of a request as it goes over the wire. */
export function head(first: string, more: Record<string, string | number> = {}): string {
  const fields = { Host: "127.0.0.1", Authorization: "Bearer right", ...more };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return `${[`${first} HTTP/1.1`, ...lines].join("\r\n")}\r\n\r\n`;
}
