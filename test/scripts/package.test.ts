import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";

const LIMIT_KB: Record<string, number> = {
  "dist/cli.js": 200,
  "dist/codicon.ttf": 150,
  "dist/grpc.js": 300,
  "dist/listener.js": 50,
  "dist/mail.js": 300,
  "dist/main.js": 180,
  "dist/parser.js": 100,
  "dist/recorder.js": 1200,
  "dist/replay.html": 500,
  "dist/sql-wasm.wasm": 750,
  "dist/webview.css": 80,
  "dist/webview.js": 600,
  "media/hook.sh": 5,
  "media/icon.png": 30,
  "media/icon.svg": 5,
  "media/overview.png": 100,
  "media/follow.png": 100,
  "media/blame.png": 100,
  "media/connect.png": 100,
  "media/status.png": 100,
  "CHANGELOG.md": 50,
  LICENSE: 15,
  "out/README.md": 30,
  "package.json": 45,
};

const LS = ["ls", "--no-dependencies", "--readme-path", "out/README.md"];
const listed = execFileSync("node_modules/.bin/vsce", LS, { encoding: "utf8" });
const files = listed
  .trim()
  .split("\n")
  .filter(file => !file.includes(" ")); // npm's own warnings stand between

test("the package holds the bundles, the demo and nothing else", () => {
  const [demo, rest] = [
    files.filter(f => f.startsWith("media/demo/")),
    files.filter(f => !f.startsWith("media/demo/")),
  ];
  expect(rest.sort()).toEqual(Object.keys(LIMIT_KB).sort());
  expect(demo).toHaveLength(13);
  expect(demo.filter(file => !/\/projects\/[\w-]+\/.+\.jsonl?$/.test(file))).toEqual([]);
});

test.each(Object.entries(LIMIT_KB))("%s stays below %d kB", (file, limit) => {
  expect(statSync(file).size / 1024).toBeLessThan(limit);
});

test("its page names no picture that VS Code would not load", () => {
  const page = readFileSync("out/README.md", "utf8");
  expect(page).toContain("# Agent Trace");
  expect(page.match(/!\[/g)).toBeNull();
});

test("the VSIX stays below 2 MB", () => {
  expect(statSync("out/agent-trace.vsix").size).toBeLessThan(2 * 1024 * 1024);
});

test("the editor's bundle knows nothing of transcripts, SQL or servers", () => {
  const main = readFileSync("dist/main.js", "utf8");
  expect(main.match(/fastify|sql-wasm|chokidar|insert into/g)).toBeNull();
});

test("what sends mail stays in a bundle of its own, which can be loaded", () => {
  for (const bundle of ["main", "recorder", "cli"])
    expect(readFileSync(`dist/${bundle}.js`, "utf8")).not.toMatch(/nodemailer|STARTTLS\\r/i);
  expect(readFileSync("dist/mail.js", "utf8")).toContain("STARTTLS");
  expect(createRequire(import.meta.url)("../../dist/mail.js").sendMail).toBeTypeOf("function");
});

test("gRPC stays in a bundle of its own, which can be loaded without what was left out of it", async () => {
  expect(readFileSync("dist/recorder.js", "utf8")).not.toContain("grpc.max_receive_message_length");
  const { serveGrpc } = createRequire(import.meta.url)("../../dist/grpc.js");
  const answer = async () => ({ status: 200, body: Buffer.alloc(0) });
  const server = await serveGrpc({ port: 0, mostBytes: 1000, holdsToken: () => true, answer });
  expect(server.port).toBeGreaterThan(0);
  server.close();
});
