import { utimes } from "node:fs/promises";
import { expect, test } from "vitest";
import { recentClients } from "../../../extension/connect/clients.ts";
import { scratch } from "../../scratch.ts";

const line = (version: string) => `{"type":"user","message":"${"x".repeat(999)}","version":"${version}"}\n`;

test("the clients of late are those that the newest lines of transcripts name", async () => {
  await using folder = await scratch({
    "projects/p/a.jsonl": line("2.0.77").repeat(40) + line("2.1.329") + line("2.1.329").slice(0, 99),
    "projects/p/b.jsonl": line("2.1.9"),
    "projects/p/c.jsonl": line("2.1.9") + line("2.1.10-beta"),
    "projects/p/old.jsonl": line("1.0.128"),
    "projects/p/none.jsonl": "not json\n",
  });
  const longAgo = new Date(Date.now() - 31 * 24 * 60 * 60 * 1000);
  await utimes(folder.at("projects/p/old.jsonl"), longAgo, longAgo);
  expect(await recentClients(folder.path)).toEqual(["2.1.9", "2.1.10", "2.1.329"]);
  expect(await recentClients(folder.at("missing"))).toEqual([]);
});

test("real transcripts name theirs", async () => {
  const of = (name: string) => recentClients(`test/fixtures/captures/${name}`, 0);
  expect([await of("v10-basic"), await of("v20-basic"), await of("simple-edit-commit")]).toEqual([
    ["1.0.128"],
    ["2.0.77"],
    ["2.1.329"],
  ]);
});
