import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { Owner } from "../../extension/base/owner.ts";
import type { Tier } from "../../extension/clean/facts.ts";
import { commandOf, installScript } from "../../extension/connect/hook-script.ts";
import { unpack } from "../../extension/db/content.ts";
import { openStore } from "../../extension/db/open.ts";
import { toolLine, userLine } from "../lines.ts";
import { scratch } from "../scratch.ts";
import { CAPTURES, captures } from "./captured.ts";
import { SAID } from "./clean/fake-secrets.ts";
import { sharedSQLite } from "./db/open-scratch.ts";
import { openOwner, RECORDER } from "./open-owner.ts";
import { post, send } from "./post-hook.ts";
import { found, latin1, piecesOf } from "./privacy/find.ts";
import { misplaced, type Planted, plant } from "./privacy/planted.ts";

/**
 * What lies on the disk after all captures were told by transcripts, hooks and telemetry, with a secret in each of
 * their words: nothing that the privacy tier forbids, and at no tier a secret. Whatever stands in a field that is not
 * known to be an id, a name or a place counts as words; see privacy/words.ts.
 */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const soon = { timeout: 60_000, interval: 100 };
const secrets = SAID.flatMap(({ secret }) => piecesOf(secret));
const prompts = captures
  .filter(name => name !== "secrets") // of its prompt only the rest is kept
  .map(name => JSON.parse(readFileSync(join(CAPTURES, name, "expected.json"), "utf8")).prompts.texts)
  .flatMap((texts: string[]) => texts.filter(text => !text.startsWith("/")).flatMap(piecesOf));
/** A program of ours that lies there as well. */
const ours = readFileSync("media/hook.sh", "utf8");
/** The names of commits are kept at every tier. */
const isCommit = (piece: string) => /^[0-9a-f]+$/.test(piece);

let home: Awaited<ReturnType<typeof scratch>>;
let planted: Planted[];
/** What words above each tier are made of, less what the tiers up to it say too. */
let forbidden: Record<Tier, string[]>;

beforeAll(async () => {
  home = await scratch();
  planted = captures.map(name => plant(name, home.at("claude", name)));
  const texts = planted.flatMap(({ texts }) => texts);
  const above = (limit: Tier) => {
    const words = new Set(texts.filter(({ tier }) => tier > limit).flatMap(({ text }) => piecesOf(text)));
    const allowed = new Set(texts.filter(({ tier }) => tier <= limit).map(({ text }) => text));
    // In a row of the store any byte may follow a text, such as a slash a folder.
    const all = latin1(["", ours, ...allowed, ""].join("\n"));
    const said = found(all, words);
    return [...words].filter(
      piece => !said.has(piece) && !all.includes(`${piece.slice(0, -1)}\n`) && !isCommit(piece),
    );
  };
  forbidden = { 1: above(1), 2: above(2), 3: [] };
});

afterAll(() => home?.[Symbol.asyncDispose]());

function ownerAt(tier: Tier, dataDir: string, log: (line: string) => void = () => {}): Owner {
  const folders = captures.map(name => home.at("claude", name));
  return new Owner(RECORDER, { dataDir, folders, port: 0, tier }, log);
}

/** Tells a recorder everything; answers all bytes that lay on the disk meanwhile and after, and what it logged. */
async function record(tier: Tier, dataDir: string): Promise<string> {
  const seen = new Map<string, string>();
  const look = (folder: string, when = "") => {
    for (const [file, bytes] of bytesIn(folder)) seen.set(file + when, bytes);
  };
  const log: string[] = [];
  const owner = ownerAt(tier, dataDir, line => log.push(line));
  await owner.ready();
  for (const { hooks, logs } of planted) {
    const sent = [
      ...hooks.map(hook => post(dataDir, "/v1/hooks", hook)),
      ...logs.map(({ type, body }) => send(dataDir, "/v1/logs", body, type)),
    ];
    expect(new Set(await Promise.all(sent))).toEqual(new Set([200]));
    look(join(dataDir, "inbox"));
  }
  for (const [path, body] of misplaced) expect(await post(dataDir, path, body)).toBe(200);
  await forward(dataDir);
  look(join(dataDir, "inbox"));
  await vi.waitFor(() => expect(readdirSync(join(dataDir, "inbox"))).toEqual([]), soon);
  look(dataDir, " while it is open");
  await owner.close();
  look(dataDir);
  return [...seen.values(), ...log].join("\n");
}

/** The hooks of a session go another way, too: as the shell puts them into the inbox. */
async function forward(dataDir: string): Promise<void> {
  await installScript(dataDir, "media/hook.sh");
  for (const hook of planted[captures.indexOf("secrets")]?.hooks ?? [])
    spawnSync("sh", ["-c", commandOf(dataDir)], { input: JSON.stringify(hook) });
}

function bytesIn(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  return new Map(files.map(file => [file, bytesOf(file)]));
}

/** What was there a moment ago may be gone. */
function bytesOf(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}

/** What a store's bytes do not show as it is packed in them: the texts, and the words by which they are found. */
async function packedIn(dataDir: string): Promise<string> {
  const { db } = openStore(await sharedSQLite(), dataDir);
  const texts = db.all<{ bytes: Uint8Array }>("select bytes from content").map(row => unpack(row.bytes));
  db.run("create virtual table temp.terms using fts4aux(main, search)");
  const terms = db.all<{ term: string }>("select distinct term from terms").map(row => row.term);
  db.close();
  return latin1([...texts, ...terms].join("\n"));
}

async function everythingIn(dataDir: string): Promise<string> {
  return [...bytesIn(dataDir).values(), await packedIn(dataDir)].join("\n");
}

/** The files that have some of these words, with how many, and one of them. */
async function leaksIn(dataDir: string, words: string[]): Promise<string[]> {
  const places = [...bytesIn(dataDir), ["the store's texts", await packedIn(dataDir)] as const];
  return places.flatMap(([file, bytes]) => {
    const there = [...found(bytes, words)];
    return there.length > 0 ? [`${file}: ${there.length}, as ${there[0]}`] : [];
  });
}

describe.each<Tier>([1, 2, 3])("at tier %i the disk", tier => {
  let all: string;

  beforeAll(async () => {
    const dataDir = home.at(`data-${tier}`);
    all = [await record(tier, dataDir), await packedIn(dataDir)].join("\n");
  });

  test("has no secret", () => {
    expect([...found(all, secrets)]).toEqual([]);
    expect(all).toContain("[redacted: GitHub token]"); // there were some
  });

  test("has nothing of what the tier forbids", () => {
    expect([...found(all, forbidden[tier])]).toEqual([]);
  });

  test("has what the tier allows", () => {
    expect(all).toContain("toolu_");
    expect(all).toContain("/home/u/dev/secrets");
    expect(all).toContain('{"kind":"hook"'); // which lay there for a moment only
    const there = found(all, prompts);
    expect(prompts.filter(piece => !there.has(piece))).toEqual(tier === 1 ? prompts : []);
    expect(found(all, forbidden[2]).size > 1000).toBe(tier === 3);
  });
});

test("a tier that is lowered takes what is above it off the disk", async () => {
  const dataDir = home.at("data-3");
  for (const tier of [2, 1] as const) {
    expect(found(await everythingIn(dataDir), forbidden[tier]).size).toBeGreaterThan(100);
    await using owner = closing(ownerAt(tier, dataDir));
    await owner.ready();
    await expect.poll(() => readdirSync(dataDir), soon).not.toContain("store.db.to-compact");
    await owner.close();
    expect(await leaksIn(dataDir, forbidden[tier])).toEqual([]);
  }
});

test("what the user calls a secret is one, whoever reads it; a pattern that can't be used is told of", async () => {
  const session =
    userLine("Launch Falcon-7 today.") + toolLine("toolu_1", "Bash", { command: "echo falcon-8" });
  const many = Array.from({ length: 20 }, (_, n) => [`.claude/projects/-shop/${n}.jsonl`, session]);
  await using folder = await scratch(Object.fromEntries(many));
  await using owner = openOwner(folder.path, { tier: 2, redact: ["[Ff]alcon-\\d", "(a+)+$"] });
  await owner.ready();
  expect((await owner.state()).notes).toEqual([
    {
      what: "Some patterns of agentTrace.redact are not used",
      why: expect.stringMatching(/^\(a\+\)\+\$: It would take too long/),
    },
  ]);
  await owner.close();
  const all = await everythingIn(folder.at("data"));
  expect(all).toContain("Launch [redacted: your pattern] today.");
  expect(all).toContain("echo [redacted: your pattern]");
  expect(all).not.toMatch(/falcon-?[78]/i);
});

function closing(owner: Owner): Owner & AsyncDisposable {
  return Object.assign(owner, { [Symbol.asyncDispose]: () => owner.close() });
}
