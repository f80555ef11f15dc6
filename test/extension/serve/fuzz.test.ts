import { connect } from "node:net";
import { expect, test } from "vitest";
import type { Api } from "../../../extension/protocol.ts";
import { ROUTES } from "../../../extension/serve/routes.ts";
import { smallSession } from "../../lines.ts";
import { chance } from "../chance.ts";
import { MAIN, recorded } from "../queries/recorded.ts";
import { echoing, serving } from "./serving.ts";

/** Whatever comes in on whatever path: it is answered or refused, the server goes on, and the log says nothing of it. */
const REQUESTS = 6000;
/** Stands in all that is sent, and so must not be in the log. */
const MARK = "zqzq";
const random = chance(20261121);

const deep = (n: number) => `${'{"a":['.repeat(n)}1${"]}".repeat(n)}`;
const TEXTS = [
  ...[
    "",
    " ",
    "0",
    "-1",
    "1e999",
    "9".repeat(400),
    "NaN",
    "null",
    "[object Object]",
    "\0",
    "a\0b",
    "💥",
    "é",
  ],
  ...[
    "../../etc/passwd",
    "..%2f..%2f",
    "%",
    "%00",
    "%ff",
    "%c0%af",
    "//",
    "\\",
    "'; drop table step; --",
    '"*',
  ],
  ...[
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "x".repeat(499),
    "x".repeat(20_000),
    "\ud800",
  ],
];
const VALUES: unknown[] = [
  ...TEXTS,
  ...[null, true, false, 0, -0, -1, 0.5, 2 ** 53, 1e308, -1e308, [], {}, [[]], [null], { a: { b: {} } }],
];
const BODIES = [
  ...["{", "[", '"', "{]", "tru", "1", "null", "[]", '"text"', "\ufeff{}", "{}{}", "{'a':1}", "\0\0\0"],
  ...[deep(10), deep(5000), "[".repeat(100_000), '{"a":1e99999}', `{"a":${"9".repeat(100_000)}}`],
  ...['{"__proto__":{"isAdmin":true}}', '{"constructor":{"prototype":{"isAdmin":true}}}'],
  ...[
    '{"events":[{"__proto__":{"isAdmin":true}}]}',
    '{"ids":["__proto__"]}',
    '{"\\u005f_proto__":{"isAdmin":1}}',
  ],
];
const TYPES = [
  "application/json",
  "application/json; charset=utf-7",
  "text/plain",
  "multipart/form-data",
  ";;",
  "a/b",
];
const METHODS = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "QUERY", "PROPFIND"];

const one = () => random.pick(TEXTS) + MARK;
const oneIn = (n: number) => random.below(n) === 0;

const encoded = (text: string) => encodeURIComponent(Buffer.from(text).toString());

function address(): string {
  if (oneIn(12)) return `/${one()}`;
  const route = random.pick(ROUTES);
  const path = route.path.replaceAll(/:\w+/g, () => (oneIn(3) ? one() : encoded(one())));
  const names = [...Object.keys(route.query?.properties ?? {}), "__proto__", MARK];
  const asked = Array.from({ length: random.below(4) }, () => {
    const value = oneIn(2) ? random.pick(["1", "5", "day", "2026-11-21", "5,x"]) : one();
    return `${random.pick(names)}=${oneIn(4) ? value : encoded(value)}`;
  });
  return `${path}${asked.length > 0 ? `?${asked.join("&")}` : ""}`;
}

/** A body that is wild, or like what a route wants with some of it spoiled. */
function body(): string {
  if (oneIn(2)) return random.pick(BODIES);
  const { body } = random.pick(ROUTES.filter(route => route.body));
  const item = body?.properties?.events?.items;
  const fields = (names: string[]) =>
    Object.fromEntries(names.map(name => [name, oneIn(2) ? random.pick(VALUES) : random.pick(["a", 5])]));
  const value = item
    ? { events: Array.from({ length: random.below(4) }, () => fields(Object.keys(item.properties ?? {}))) }
    : fields([...Object.keys(body?.properties ?? {}), "session_id", MARK]);
  return JSON.stringify({ ...value, more: MARK });
}

function headers(): Record<string, string> {
  return {
    Host: oneIn(10) ? random.pick(["evil.example", "", "127.0.0.1@evil", "[::1", MARK]) : "127.0.0.1",
    ...(!oneIn(10) && { Authorization: oneIn(10) ? `Bearer ${MARK}` : "Bearer right" }),
    ...(oneIn(15) && { Origin: random.pick(["null", "http://127.0.0.1", MARK]) }),
    ...(oneIn(10) && { "Last-Event-ID": random.pick(["-", "a-b-c", "-1", "9".repeat(500), "a-1e9"]) }),
    ...(!oneIn(8) && { "Content-Type": oneIn(4) ? random.pick(TYPES) : "application/json" }),
  };
}

/** As bytes, so that what no client would send is sent too; answers the status, or nothing when it was cut. */
function send(port: number): Promise<number | undefined> {
  const sent = Buffer.from(body());
  const length = oneIn(20) ? random.pick(["-1", "99999999999999", "1e3", "x", "5"]) : sent.length;
  const fields = Object.entries({ ...headers(), "Content-Length": length, Connection: "close" });
  const path = address().replaceAll(/[\s\0]/g, oneIn(4) ? "$&" : "");
  const head = [`${random.pick(oneIn(3) ? METHODS : ["GET", "POST"])} ${path} HTTP/1.1`];
  head.push(...fields.map(([name, value]) => `${name}: ${value}`));
  return new Promise(resolve => {
    let heard = "";
    const status = () => Number(/^HTTP\/1\.1 (\d+)/.exec(heard)?.[1]) || undefined;
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(`${head.join("\r\n")}\r\n\r\n`);
      socket.write(sent);
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(status()));
    socket.setTimeout(2000, () => socket.destroy());
    socket.setEncoding("latin1").on("data", text => {
      heard += text;
      // The stream would go on; and who announced more than it sends hears nothing until it is cut.
      if (heard.includes("text/event-stream")) socket.destroy();
    });
    if (Number(length) > sent.length) setTimeout(() => socket.destroy(), 30);
  });
}

test(`${REQUESTS} wild requests on all routes: none is the server's fault, none stays`, async () => {
  await using store = await recorded({ [MAIN]: smallSession() }, 3);
  const api: Api = {
    ...echoing,
    sessions: async wanted => store.sessions.list(wanted),
    session: async id => store.session(id),
    content: async (session, step) => store.content(step, session),
    timeline: async (session, wanted) => store.timeline(wanted, session),
    edits: async wanted => store.edits(wanted),
    usage: async wanted => store.usage(wanted),
    search: wanted => store.find(wanted),
  };
  await using serve = serving({}, api);
  const port = await serve.listen();
  const counts = new Map<number | undefined, number>();
  for (let done = 0; done < REQUESTS; done += 20)
    for (const status of await Promise.all(Array.from({ length: 20 }, () => send(port))))
      counts.set(status, (counts.get(status) ?? 0) + 1);
  const seen = [...counts.keys()].filter(status => status !== undefined);
  expect(Math.max(...seen), JSON.stringify([...counts])).toBeLessThan(500);
  for (const status of [200, 400, 401, 403, 404, 413, 415]) expect(seen).toContain(status);
  expect(counts.get(200)).toBeGreaterThan(REQUESTS / 20);
  expect(counts.get(undefined) ?? 0).toBeLessThan(REQUESTS / 10);
  expect(serve.logged).toEqual([]);
  expect(JSON.stringify(serve.events)).not.toContain(MARK);
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
  await expect.poll(() => connectionsOf(serve)).toBe(0);
  store.db.assertSound();
}, 120_000);

function connectionsOf({ server }: ReturnType<typeof serving>): Promise<number> {
  return new Promise(resolve => server.server.getConnections((_error, count) => resolve(count)));
}

test("nor does the log repeat what was asked when something does go wrong", async () => {
  const broken = new Proxy(echoing, { get: () => () => Promise.reject(new TypeError("broken")) });
  await using serve = serving({}, broken);
  const port = await serve.listen();
  for (let i = 0; i < 600; i++) await send(port);
  expect(serve.logged.length).toBeGreaterThan(20);
  expect(serve.logged.join("\n")).not.toContain(MARK);
});
