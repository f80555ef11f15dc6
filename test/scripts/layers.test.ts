import { spawnSync } from "node:child_process";
import { cp } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { scratch } from "../scratch.ts";

const FORBIDDEN = [
  ["extension/base/a.ts", "../db/store.ts"],
  ["extension/capture/a.ts", "../clean/facts.ts"],
  ["extension/clean/a.ts", "../db/store.ts"],
  ["extension/clean/b.ts", "../connect/plan.ts"],
  ["extension/connect/a.ts", "../db/store.ts"],
  ["extension/db/a.ts", "../queries/session.ts"],
  ["extension/queries/a.ts", "../serve/server.ts"],
  ["extension/queries/b.ts", "../export/trace.ts"],
  ["extension/export/a.ts", "../serve/server.ts"],
  ["extension/serve/a.ts", "vscode"],
  ["extension/views/a.ts", "../db/store.ts"],
  ["extension/terminal/a.ts", "../views/nodes.ts"],
  ["extension/terminal/c.ts", "../capture/inbox.ts"],
  ["extension/recorder.ts", "vscode"],
  ["webview/a.ts", "../extension/db/store.ts"],
  ["webview/b.ts", "node:fs"],
];

const ALLOWED = [
  ["extension/db/b.ts", "../clean/facts.ts"],
  ["extension/export/b.ts", "../clean/redact.ts"],
  ["extension/terminal/b.ts", "../export/trace.ts"],
  ["extension/terminal/d.ts", "../capture/mcp/tap.ts"],
  ["extension/views/b.ts", "vscode"],
  ["extension/base/log.ts", "vscode"],
  ["webview/c.ts", "../extension/protocol.ts"],
  ["webview/d.ts", "../extension/base/format.ts"],
];

test("the linter holds the layers: it objects to each import that breaks one, and to no other", async () => {
  const files = [...FORBIDDEN, ...ALLOWED].map(([file = "", from]) => [
    file,
    `import { x } from "${from}";\n\nexport const y = x;\n`,
  ]);
  await using folder = await scratch(Object.fromEntries(files));
  await cp(".biome.json", folder.at(".biome.json"));
  await cp(".gitignore", folder.at(".gitignore"));
  const { stdout } = spawnSync(resolve("node_modules/.bin/biome"), ["lint", "--reporter=github"], {
    cwd: folder.path,
    encoding: "utf8",
  });
  const objections = stdout.split("\n").filter(line => line.includes("noRestrictedImports"));
  const named = objections.map(line => relative(folder.path, /file=([^,]+)/.exec(line)?.[1] ?? ""));
  expect(named.sort()).toEqual(FORBIDDEN.map(([file]) => file).sort());
});
