import { readdirSync, readFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { expect, test, vi } from "vitest";
import { askMeeting } from "../../extension/base/meeting.ts";
import { tokenOf } from "../../extension/base/token.ts";
import type { Hint } from "../../extension/protocol.ts";
import { resultLine, smallSession, toolLine, userLine } from "../lines.ts";
import { scratch } from "../scratch.ts";
import { openOwner } from "./open-owner.ts";

// Recorders are threads and processes of their own, which take their time where all cores are busy.
vi.setConfig({ testTimeout: 30_000 });

const SESSION = ".claude/projects/-home-sam-dev-shop/00000000-0000-4000-8000-000000000001.jsonl";

test("from a transcript to a session, and live from an appended line to a hint", async () => {
  await using home = await scratch({ [SESSION]: smallSession() });
  await using owner = openOwner(home.path);
  await owner.ready();
  expect(await owner.sessions()).toMatchObject([
    { title: "Fix the total", project: "/home/sam/dev/shop", prompts: 1, toolCalls: 2, errors: 1 },
  ]);
  const hint = new Promise<Hint>(resolve => owner.hints.on(resolve));
  const now = { timestamp: new Date().toISOString() };
  const edit = toolLine("toolu_3", "Edit", { file_path: "/home/sam/dev/shop/total.ts" }, now);
  await home.append(SESSION, edit);
  expect(await hint).toEqual({ kind: "session", session: "00000000-0000-4000-8000-000000000001" });
  const session = await owner.session("00000000-0000-4000-8000-000000000001");
  expect(session.prompts).toMatchObject([
    {
      text: "The total is wrong. Fix it.",
      steps: [
        { name: "Read", target: "/home/sam/dev/shop/total.ts", status: "ok" },
        { name: "Bash", target: "npm test", status: "failed" },
        { name: "Edit", target: "/home/sam/dev/shop/total.ts", status: "running" },
      ],
    },
  ]);
});

test("a second window joins the first, and takes over when it leaves", async () => {
  await using home = await scratch({ [SESSION]: smallSession() });
  await using first = openOwner(home.path);
  await first.ready();
  await using second = openOwner(home.path);
  await second.ready();
  await home.append(SESSION, resultLine("toolu_2"));
  await first.close();
  await expect.poll(() => second.sessions().catch(() => [])).toHaveLength(1);
});

test("what was read before is not read again, and what came meanwhile is", async () => {
  await using home = await scratch({ [SESSION]: smallSession() });
  await using first = openOwner(home.path);
  await first.ready();
  await first.close();
  await home.append(SESSION, toolLine("toolu_9", "Write", {}));
  await using second = openOwner(home.path);
  await second.ready();
  expect(await second.sessions()).toMatchObject([{ toolCalls: 3 }]);
});

test("a data folder that can't be written: sessions are shown all the same, with a note", async () => {
  await using home = await scratch({ [SESSION]: smallSession(), data: "a file where the folder should be" });
  await using owner = openOwner(home.path);
  await owner.ready();
  expect(await owner.sessions()).toHaveLength(1);
  expect((await owner.state()).notes).toMatchObject([{ what: "Nothing can be saved" }]);
});

test("a folder that can't be read is named, and the others are read", async () => {
  await using home = await scratch({
    [SESSION]: smallSession(),
    "bad/projects": "a file where the folder should be",
  });
  await using owner = openOwner(home.path, { folders: [home.at(".claude"), home.at("bad")] });
  await owner.ready();
  expect(await owner.sessions()).toHaveLength(1);
  expect((await owner.state()).folders).toContainEqual(
    expect.objectContaining({ path: home.at("bad"), state: "unreadable" }),
  );
});

test("lines that are not JSON are counted, and never fatal", async () => {
  await using home = await scratch({ [SESSION]: `${smallSession()}{"half a line\n` });
  await using owner = openOwner(home.path);
  await owner.ready();
  expect(await owner.sessions()).toHaveLength(1);
  expect((await owner.state()).skipped).toBe(1);
});

test("fields of an unexpected type do no harm to the rest", async () => {
  const odd = [
    '{"type":"custom-title","sessionId":"00000000-0000-4000-8000-000000000001","customTitle":5}',
    '{"type":"user","sessionId":{},"cwd":[],"uuid":7,"timestamp":1,"message":{"content":[null,3]}}',
  ];
  await using home = await scratch({ [SESSION]: `${odd.join("\n")}\n${smallSession()}` });
  await using owner = openOwner(home.path);
  await owner.ready();
  expect(await owner.sessions()).toMatchObject([{ title: "Fix the total", toolCalls: 2 }]);
});

test("a transcript that was written anew, and is shorter, is read anew", async () => {
  await using home = await scratch({ [SESSION]: smallSession() + smallSession() });
  await using owner = openOwner(home.path);
  await owner.ready();
  await home.write(SESSION, smallSession("Another title"));
  await expect.poll(async () => (await owner.sessions())[0]?.title).toBe("Another title");
  const session = await owner.session("00000000-0000-4000-8000-000000000001");
  expect(session.prompts).toMatchObject([{ text: "The total is wrong. Fix it.", steps: [{}, {}] }]);
});

test("a folder that is no longer read shows no sessions, and has them again when it is", async () => {
  await using home = await scratch({
    [SESSION]: smallSession(),
    "more/projects/p/m.jsonl": userLine("More", { sessionId: "m" }),
  });
  const both = [home.at(".claude"), home.at("more")];
  await using owner = openOwner(home.path, { folders: both });
  const titles = async () => {
    await owner.ready();
    return (await owner.sessions()).map(session => session.title).sort();
  };
  expect(await titles()).toEqual(["Fix the total", "More"]);
  await owner.move({ ...owner.place, folders: [home.at(".claude")] });
  expect(await titles()).toEqual(["Fix the total"]);
  await owner.move({ ...owner.place, folders: both });
  expect(await titles()).toEqual(["Fix the total", "More"]);
});

test("a scan on request finds what no file event told of, and makes no news of finding nothing new", async () => {
  await using home = await scratch({ [SESSION]: smallSession() });
  await using owner = openOwner(home.path);
  await owner.ready();
  const hints: Hint[] = [];
  await new Promise(resolve => setTimeout(resolve, 500)); // the watching has begun by now, with a look of its own
  owner.hints.on(hint => hints.push(hint));
  await owner.scan();
  await new Promise(resolve => setTimeout(resolve, 200));
  expect(hints).toEqual([]);
  expect(await owner.sessions()).toHaveLength(1);
});

test("an unknown session is an error that says so", async () => {
  await using home = await scratch();
  await using owner = openOwner(home.path);
  await owner.ready();
  await expect(owner.session("none")).rejects.toThrow("This session is not known.");
});

test("another place is joined on request, such as the demo, which is never saved", async () => {
  await using home = await scratch({
    [SESSION]: smallSession(),
    "demo/projects/p/d.jsonl": smallSession("Demo"),
  });
  await using owner = openOwner(home.path);
  await owner.ready();
  await owner.move({ dataDir: home.at("demo-data"), folders: [], port: 0, demo: home.at("demo") });
  await owner.ready();
  expect((await owner.sessions()).map(session => session.title)).toEqual(["Demo"]);
  expect(readdirSync(home.at("demo-data"))).toEqual(["token"]);
});

test("moves that overlap end at the last place, with one recorder", async () => {
  await using home = await scratch({
    [SESSION]: smallSession(),
    "demo/projects/p/d.jsonl": smallSession("Demo"),
  });
  await using owner = openOwner(home.path);
  const own = owner.place;
  void owner.move({ dataDir: home.at("demo-data"), folders: [], port: 0, demo: home.at("demo") });
  void owner.move(own);
  await owner.move({ dataDir: home.at("demo-data"), folders: [], port: 0, demo: home.at("demo") });
  await owner.ready();
  expect((await owner.sessions()).map(session => session.title)).toEqual(["Demo"]);
  await owner.close();
  expect(await askMeeting(tokenOf(home.at("demo-data")))).toBe("nobody");
  expect(await askMeeting(tokenOf(home.at("data")))).toBe("nobody");
});

test("tier 1 from the start: no prompt, title, path of a file or command is in the data folder", async () => {
  await using home = await scratch();
  await cp("test/fixtures/captures/simple-edit-commit/projects", home.at(".claude/projects"), {
    recursive: true,
  });
  await using owner = openOwner(home.path);
  await owner.ready();
  expect(await owner.sessions()).toMatchObject([{ prompts: 1, toolCalls: 4 }]);
  await owner.close();
  const truth = JSON.parse(readFileSync("test/fixtures/captures/simple-edit-commit/expected.json", "utf8"));
  const words = [...truth.prompts.texts, ...truth.tool_calls.map((call: { target: string }) => call.target)];
  const stored = readFileSync(home.at("data/store.db"), "latin1");
  expect(words.filter(word => stored.includes(word))).toEqual([]);
  expect(stored).toContain("toolu_"); // the search itself works
});
