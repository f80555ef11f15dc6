import { once } from "node:events";
import { chmodSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { scratch } from "../scratch.ts";
import { recorded, SERVERS, scripted } from "./mcp/servers.ts";
import { call, connected, ended, initialize, start } from "./mcp/talk.ts";

// Servers and what stands before them are processes of their own.
vi.setConfig({ testTimeout: 60_000 });

test.each<[string, (folder: string) => string[], (folder: string) => string[]]>([
  [
    "server-everything",
    SERVERS.everything,
    () => [call(1, "echo", { message: "ü" }), call(2, "get-sum", { a: 1, b: 2 }), call(3, "nope")],
  ],
  [
    "server-filesystem",
    SERVERS.files,
    folder => [
      call(1, "read_text_file", { path: join(folder, "a.txt") }),
      call(2, "write_file", { path: join(folder, "b.txt"), content: "x" }),
      call(3, "read_text_file", { path: "/etc/passwd" }),
    ],
  ],
])("%s says the same, to the byte, with us before it", async (_, server, calls) => {
  await using home = await scratch({ "files/a.txt": "a\n" });
  const folder = home.at("files");
  const talk = async (command: string[]) => {
    const child = start(command);
    const all = ended(child);
    const ask = async (message: string) => {
      const answered = answer(child.stdout);
      child.stdin.write(message);
      await answered;
    };
    await ask(initialize);
    child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" })}\n`);
    // One after the other: what is asked at once a server may answer in any order.
    for (const message of calls(folder)) await ask(message);
    child.stdin.end();
    return all;
  };
  const [bare, ours] = [await talk(server(folder)), await talk(recorded(server(folder), home.at("data")))];
  expect(ours.out.toString().match(/"id":[123]/g)).toHaveLength(3);
  // When it says by itself that something changed differs from time to time; see below for the order.
  const lines = (out: Buffer) =>
    out
      .toString()
      .split(/(?<=\n)/)
      .sort();
  expect({ ...ours, out: lines(ours.out) }).toEqual({ ...bare, out: lines(bare.out) });
});

test("whatever passes stays as it is: garbage, half a line, in both directions, in order", async () => {
  await using home = await scratch();
  const garbage = Buffer.alloc(3_000_000, Buffer.from([0, 10, 255, 13, 123, 34, 7, 66, 200]));
  const echo = scripted("process.stdin.pipe(process.stdout)");
  const child = start(recorded(echo, home.at("data")));
  const all = ended(child);
  child.stdin.end(garbage);
  const { out, code, err } = await all;
  expect([out.equals(garbage), code, err]).toEqual([true, 0, ""]);
});

test("a client that reads slowly slows the server down, and what it asks gets through meanwhile", async () => {
  await using home = await scratch();
  // Says how much it could say, once it is asked.
  const server =
    scripted(`let n = 0; const more = () => { while (n < 4000 && process.stdout.write(Buffer.alloc(65536, 65))) n++; };
    process.stdout.on("drain", more); more(); process.stdin.once("data", () => process.stderr.write("said " + n));`);
  const child = start(recorded(server, home.at("data")));
  const heard = once(child.stderr, "data");
  await delay(1000);
  child.stdin.write("how much?\n");
  const [said] = await heard;
  expect(Number(/said (\d+)/.exec(String(said))?.[1])).toBeLessThan(100);
  child.kill("SIGKILL");
  await once(child, "exit");
});

test("either side may end what it says and go on listening", async () => {
  await using home = await scratch();
  const mute = scripted(`require("fs").closeSync(1); process.stdin.on("data", d => process.stderr.write(d));
    process.stdin.on("end", () => process.exit(3));`);
  const child = start(recorded(mute, home.at("data")));
  child.stdout.resume();
  await once(child.stdout, "end");
  child.stdin.end("still here");
  const [said] = await once(child.stderr, "data");
  expect([String(said), (await once(child, "close"))[0]]).toEqual(["still here", 3]);
});

test("the server gets our environment, but for what makes an editor run as Node", async () => {
  await using home = await scratch();
  const env = { PATH: process.env.PATH, HOME: home.path, EMPTY: "", ODD: "a=b\nü" };
  const show = ["-e", "process.stdout.write(JSON.stringify(process.env))"];
  const of = async (command: string[], env: NodeJS.ProcessEnv) =>
    JSON.parse((await ended(start(command, env))).out.toString());
  const bare = await of([process.execPath, ...show], env);
  const ours = recorded([process.execPath, ...show], home.at("data"));
  expect(await of(ours, { ...env, ELECTRON_RUN_AS_NODE: "1" })).toEqual(bare);
  expect(bare).toMatchObject(env);
});

test.each<[string, string, NodeJS.Signals | undefined, [number | null, string | null]]>([
  ["a code", "up(); process.exit(7)", undefined, [7, null]],
  ["a signal", "up(); process.kill(process.pid, 'SIGKILL')", undefined, [null, "SIGKILL"]],
  ["a signal that is passed on", "up()", "SIGTERM", [null, "SIGTERM"]],
  [
    "a signal that the server takes",
    "process.on('SIGINT', () => process.exit(5)); up()",
    "SIGINT",
    [5, null],
  ],
])("we end as the server does: with %s", async (_, script, signal, end) => {
  await using home = await scratch();
  const server = scripted(
    `setTimeout(() => {}, 1e5); const up = () => process.stdout.write("up"); ${script}`,
  );
  const child = start(recorded(server, home.at("data")));
  const all = ended(child);
  await once(child.stdout, "data");
  if (signal) child.kill(signal);
  const { code, signal: by } = await all;
  expect([code, by]).toEqual(end);
});

test.each<[string, (dataDir: string) => unknown]>([
  ["can't be written", dataDir => chmodSync(dataDir, 0o500)],
  ["is to stay empty, as everything was deleted", dataDir => writeFileSync(join(dataDir, "erased"), "")],
])("where the folder %s the server's work goes on", async (_, prepare) => {
  await using home = await scratch({ "data/x": "" });
  prepare(home.at("data"));
  const client = await connected(recorded(SERVERS.everything(), home.at("data")));
  const answer = await client.callTool({ name: "echo", arguments: { message: "hi" } });
  await client.close();
  expect(answer).toMatchObject({ content: [{ text: "Echo: hi" }] });
  chmodSync(home.at("data"), 0o700);
  const isRoot = process.getuid?.() === 0; // who may write anywhere
  if (!isRoot || existsSync(home.at("data/erased")))
    expect(readdirSync(home.at("data"))).not.toContain("inbox");
});

test.each([
  ["no server", [], 2, "record wants a server to run"],
  [
    "no such program",
    ["/no/such/program"],
    1,
    "/no/such/program could not be started: there is no such program.",
  ],
])("%s is told, on the standard error alone", async (_, server, code, words) => {
  await using home = await scratch();
  const { out, err, code: ended_ } = await ended(start(recorded(server, home.at("data"))));
  expect([ended_, out.length, err]).toEqual([code, 0, expect.stringContaining(words)]);
});

/** Resolves when a server has answered. */
async function answer(stream: Readable): Promise<void> {
  let all = "";
  await new Promise<void>(resolve =>
    stream.on("data", function look(chunk) {
      all += chunk;
      if (!/"id":\d/.test(all)) return;
      stream.off("data", look);
      resolve();
    }),
  );
}
