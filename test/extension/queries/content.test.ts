import { rmSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { answerLine, assistantLine, line, resultLine, SESSION, toolLine, userLine } from "../../lines.ts";
import { MAIN, recorded } from "./recorded.ts";

const thought = (thinking: string) =>
  assistantLine({ content: [{ type: "thinking", thinking }] }, { uuid: "th1" });
const TEXT =
  userLine("Run the tests.") +
  thought("Which ones?") +
  toolLine("t1", "Bash", { command: "npm test" }) +
  resultLine("t1", false, { toolUseResult: { stdout: "all passed", code: 0 } }, "all passed") +
  toolLine("t2", "Bash", { command: "npm start" }) +
  answerLine("They pass.", { uuid: "r1" }) +
  line({
    type: "system",
    subtype: "api_error",
    uuid: "e1",
    error: { formatted: "529 Overloaded", status: 529 },
  }) +
  line({ type: "system", subtype: "compact_boundary", uuid: "c1", content: "Conversation compacted" });

test.each([
  [
    "a call and its result",
    "t1",
    { input: '{"command":"npm test"}', result: "all passed", details: '{"stdout":"all passed","code":0}' },
  ],
  ["a call that still runs", "t2", { input: '{"command":"npm start"}' }],
  ["an answer", "r1", { text: "They pass." }],
  ["a thought", "th1", { text: "Which ones?" }],
  ["a retry", "e1", { text: "529 Overloaded" }],
  ["a compaction", "c1", { text: "Conversation compacted" }],
])("from the transcript: %s", async (_, step, content) => {
  await using store = await recorded({ [MAIN]: TEXT });
  expect(store.content(step)).toEqual({ ...content, from: "transcript", cut: false });
});

test.each([
  [1, "t1", {}, "nowhere"],
  [2, "t1", { input: '{"command":"npm test"}' }, "store"],
  [3, "t1", { input: '{"command":"npm test"}', result: "all passed" }, "store"],
  [2, "r1", {}, "nowhere"],
  [3, "r1", { text: "They pass." }, "store"],
  [3, "th1", { text: "Which ones?" }, "store"],
  [3, "e1", {}, "nowhere"],
] as const)("when the transcript is gone tier %i has of %s: %j", async (tier, step, content, from) => {
  await using store = await recorded({ [MAIN]: TEXT }, tier);
  rmSync(store.at(MAIN));
  expect(store.content(step)).toEqual({ ...content, from, cut: false });
});

test("a result that comes later is there then", async () => {
  await using store = await recorded({ [MAIN]: TEXT });
  expect(store.content("t2").result).toBeUndefined();
  await store.append(MAIN, resultLine("t2", true, {}, "Exit code 1"));
  await store.read();
  expect(store.content("t2")).toMatchObject({ input: '{"command":"npm start"}', result: "Exit code 1" });
});

test("a thought that the client did not record has no text", async () => {
  await using store = await recorded({ [MAIN]: thought("") });
  expect(store.content("th1")).toEqual({ from: "nowhere", cut: false });
});

test("a text is no longer than a view can take, and says that it was cut", async () => {
  const said = "é".repeat(3 * 1024 * 1024);
  await using store = await recorded({ [MAIN]: answerLine(said, { uuid: "r1" }) });
  const { text, cut } = store.content("r1");
  expect([text?.length, cut]).toEqual([1024 * 1024, true]);
});

test.each([
  ["a step that is not known", SESSION, "t9"],
  ["a step of another session", "another", "t1"],
])("%s is an error that says so", async (_, session, step) => {
  await using store = await recorded({ [MAIN]: TEXT });
  expect(() => store.content(step, session)).toThrow("This step is not known.");
});

const FOLDER = MAIN.replace(".jsonl", "");
const persisted = (persistedOutputPath: string) =>
  toolLine("t1", "Bash", { command: "npm test" }) +
  resultLine("t1", false, { toolUseResult: { persistedOutputPath } }, "Output too large. Preview: …");
const result = (store: Awaited<ReturnType<typeof recorded>>) => store.content("t1").result;

test.each([
  ["where it was written", `/home/sam/.claude/${FOLDER}/tool-results/b1.txt`],
  ["on a machine of another kind", "C:\\Users\\sam\\.claude\\tool-results\\b1.txt"],
])("an output that was too long stands in a file beside the transcript, by its name %s", async (_, path) => {
  await using store = await recorded({
    [MAIN]: persisted(path),
    [`${FOLDER}/tool-results/b1.txt`]: "the whole output",
  });
  expect(result(store)).toBe("the whole output");
});

test("one that is not there any more leaves what the transcript has", async () => {
  await using store = await recorded({ [MAIN]: persisted("/x/tool-results/b1.txt") });
  expect(result(store)).toBe("Output too large. Preview: …");
});

test.each([
  ["an absolute one", "/etc/hostname"],
  ["one that climbs", "../../secret.txt"],
  ["one that is the folder above", ".."],
  ["nothing", ""],
  ["a folder", "/x/tool-results/folder"],
])("no other path is read: %s", async (_, path) => {
  await using store = await recorded({
    ...{ [MAIN]: persisted(path), [`${FOLDER}/tool-results/folder/x`]: "x" },
    ...{ "secret.txt": "secret", [`${FOLDER}/secret.txt`]: "secret", "projects/shop/secret.txt": "secret" },
  });
  expect(result(store)).toBe("Output too large. Preview: …");
});

test("nor a link that leads out of the session's folder", async () => {
  await using store = await recorded({
    ...{ [MAIN]: persisted("/x/tool-results/b1.txt"), "secret.txt": "secret" },
    [`${FOLDER}/tool-results/b2.txt`]: "",
  });
  symlinkSync(store.at("secret.txt"), store.at(`${FOLDER}/tool-results/b1.txt`));
  expect(result(store)).toBe("Output too large. Preview: …");
});

test("an output that is too long for a view is cut, and says so, whatever letters it has", async () => {
  const letters = ["a", "é", "€"];
  for (const letter of letters) {
    const output = letter.repeat(1024 * 1024 + 5);
    await using store = await recorded({
      [MAIN]: persisted("b1.txt"),
      [`${FOLDER}/tool-results/b1.txt`]: output,
    });
    const { result = "", cut } = store.content("t1");
    expect([letter, cut, output.startsWith(result)]).toEqual([letter, true, true]);
  }
});

test("a transcript that comes back, as on a drive that was away, has its words again", async () => {
  await using store = await recorded({ [MAIN]: TEXT });
  rmSync(store.at(MAIN));
  expect(store.content("t1").from).toBe("nowhere");
  await store.write(MAIN, TEXT);
  expect(store.content("t1").from).toBe("transcript");
});

const picture = (data: string, media_type = "image/png") => ({
  type: "image",
  source: { type: "base64", media_type, data },
});
const shown = (...content: unknown[]) =>
  line({
    type: "user",
    message: { role: "user", content: [{ type: "tool_result", tool_use_id: "t1", content }] },
  });
const HUGE = "A".repeat(5 * 1024 * 1024);

test.each<[what: string, content: unknown[], pictures: string[] | undefined, cut: boolean]>([
  ["a picture", [picture("aGk=")], ["aGk="], false],
  [
    "words and pictures",
    [{ type: "text", text: "hi" }, picture("aGk="), picture("eW8=", "image/webp")],
    ["aGk=", "eW8="],
    false,
  ],
  ["no kind that a browser runs", [picture("aGk=", "image/svg+xml")], undefined, false],
  ["no more than can be shown", [picture(HUGE), picture(HUGE)], [HUGE], true],
])("what a tool showed: %s", async (_, content, pictures, cut) => {
  await using store = await recorded({
    [MAIN]: toolLine("t1", "mcp__browser__shot", {}) + shown(...content),
  });
  const found = store.content("t1");
  expect(found.pictures?.map(({ base64 }) => base64)).toEqual(pictures);
  expect(found.cut).toBe(cut);
});

test("a prompt's words and pictures are had by its id, and its row says how many there are", async () => {
  const content = [{ type: "text", text: "What is this?" }, picture("aGk=", "image/jpeg")];
  const text = line({ type: "user", uuid: "u1", message: { role: "user", content } }) + answerLine("A cat.");
  await using store = await recorded({ [MAIN]: text });
  expect(store.content("u1")).toEqual({
    ...{ text: "What is this?\n[image]", from: "transcript", cut: false },
    pictures: [{ type: "image/jpeg", base64: "aGk=" }],
  });
  expect(store.session().prompts[0]?.pictures).toBe(1);
});
