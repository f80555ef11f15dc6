import { expect, test } from "vitest";
import { linesOf } from "../../../extension/clean/patch.ts";
import { Authors } from "../../../extension/queries/authors.ts";
import { changes, takenBack } from "../../../extension/queries/changes.ts";
import { Stories } from "../../../extension/queries/story.ts";
import type { ChangesWanted } from "../../../extension/questions.ts";
import { resultLine, SESSION, toolLine, userLine } from "../../lines.ts";
import { captured, hash, MAIN, recorded } from "./recorded.ts";

const FILE = "/home/sam/dev/shop/total.ts";
const A = "a\nb\nc\nd\ne\nf\ng\nh\ni\n";
const B = A.replace("b\n", "B\n");
/** What a person made of it. */
const C = B.replace("e\n", "E\n");
const D = C.replace("h\n", "H\nH\n");

/** An edit whose result says how the file was. */
function edit(id: string, from: string, to: string, old: string, path = FILE): string {
  const input = { old_string: from, new_string: to };
  const result = { filePath: path, oldString: from, newString: to, originalFile: old };
  const [before, after] = [linesOf(old), linesOf(old.replace(from, to))];
  const lines = [...before.map(line => `-${line.trimEnd()}`), ...after.map(line => `+${line.trimEnd()}`)];
  const structuredPatch = [{ oldStart: 1, newStart: 1, lines }];
  return (
    toolLine(id, "Edit", { file_path: path, ...input }) +
    resultLine(id, false, { toolUseResult: { ...result, structuredPatch } })
  );
}

function write(id: string, path: string, content: string): string {
  const toolUseResult = { type: "create", filePath: path, content, structuredPatch: [], originalFile: null };
  return toolLine(id, "Write", { file_path: path, content }) + resultLine(id, false, { toolUseResult });
}

function bash(id: string, ...files: object[]): string {
  return (
    toolLine(id, "Bash", { command: "…" }) +
    resultLine(id, false, { toolUseResult: { bashEditDiff: { files } } })
  );
}

const TEXT =
  userLine("Make b big.", { promptId: "p1", uuid: "u1" }) +
  edit("t1", "b\n", "B\n", A) +
  userLine("And two of h.", { promptId: "p2", uuid: "u2" }) +
  edit("t2", "h\n", "H\nH\n", C);

async function asked(text: string, more: Record<string, string> = {}) {
  const store = await recorded({ [MAIN]: text, ...more });
  const stories = new Stories(store.db, [store.path], hash);
  const authors = new Authors(store.db, stories, store.sessions);
  const of = { stories, sessions: store.sessions };
  return {
    changes: (wanted: ChangesWanted = {}, session = SESSION) => changes(store.db, of, session, wanted),
    takeBack: (wanted: ChangesWanted, now: string, path = FILE) =>
      takenBack(store.db, stories, SESSION, { ...wanted, path, text: now }),
    blame: (now: string) => authors.of({ path: FILE, text: now }),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

const exact = (before: string | null, after: string | null, more: object = {}) => ({
  ...{
    path: FILE,
    status: "changed",
    kind: "exact",
    before,
    after,
    added: expect.any(Number),
    removed: expect.any(Number),
    hunks: [],
    mixed: false,
    ...more,
  },
});

test.each<[string, ChangesWanted, string, object]>([
  ["a step", { step: "t1" }, "Make b big.", exact(A, B)],
  ["the step after a person's", { step: "t2" }, "And two of h.", exact(C, D)],
  ["a prompt", { prompt: "u2" }, "And two of h.", exact(C, D)],
  ["the session, without what the person did", {}, "Make b big.", exact(A.replace("e\n", "E\n"), D)],
])("what is changed by %s", async (_, wanted, title, file) => {
  await using store = await asked(TEXT);
  expect(store.changes(wanted)).toEqual({ title, files: [file] });
});

test("changes that can't be told apart say so", async () => {
  const text =
    TEXT +
    edit("t3", "E\n", "EE\n", D.replace("B\n", "BB\n")) +
    edit("t4", "BB\n", "b\n", D.replace("B\n", "BB\n").replace("E\n", "EE\n"));
  await using store = await asked(text);
  expect(store.changes({}).files).toMatchObject([{ kind: "exact", before: A, mixed: true }]);
});

test.each<[string, string, object[]]>([
  [
    "what came and went",
    write("t1", FILE, "x\n") +
      bash("t2", { filePath: FILE, deleted: true, hunks: [{ oldStart: 1, newStart: 0, lines: ["-x"] }] }),
    [],
  ],
  [
    "a new file that was changed again",
    write("t1", FILE, A) + edit("t2", "b\n", "B\n", A),
    [exact(null, B, { status: "created" })],
  ],
  [
    "a command's patch that nothing proves",
    bash("t1", { filePath: FILE, hunks: [{ oldStart: 5, newStart: 5, lines: ["-x", "+y"] }] }),
    [exact(null, null, { kind: "hunks", hunks: [{ oldStart: 5, newStart: 5, lines: ["-x", "+y"] }] })],
  ],
  [
    "one that an earlier step proves",
    write("t1", FILE, "a\nb\n") +
      bash("t2", { filePath: FILE, hunks: [{ oldStart: 1, newStart: 1, lines: ["-a", "+A", " b"] }] }),
    [exact(null, "A\nb\n", { status: "created" })],
  ],
  [
    "one that a later step proves",
    bash("t1", { filePath: FILE, hunks: [{ oldStart: 1, newStart: 1, lines: ["-a", "+A", " b"] }] }) +
      edit("t2", "A\n", "AA\n", "A\nb\n"),
    [exact("a\nb\n", "AA\nb\n")],
  ],
])("%s", async (_, text, files) => {
  await using store = await asked(userLine("Go on.") + text);
  expect(store.changes({}).files).toEqual(files);
});

const signed = (sign: string, text: string) => linesOf(text).map(line => sign + line.trimEnd());
const went = (filePath: string, text = A) => ({
  ...{ filePath, deleted: true, hunks: [{ oldStart: 1, newStart: 0, lines: signed("-", text) }] },
});
const removed = (id: string, path: string) => bash(id, went(path));
const moved = (id: string, from: string, to: string, text = A) => {
  const came = { filePath: to, created: true };
  return bash(id, went(from, text), {
    ...came,
    hunks: [{ oldStart: 0, newStart: 1, lines: signed("+", text) }],
  });
};
const [OLD, OLDER] = [FILE.replace("total", "sum"), FILE.replace("total", "add")];
const renamed = (more: object) =>
  exact(A, A, { from: OLD, status: "renamed", added: 0, removed: 0, ...more });

test.each<[string, string, object[]]>([
  ["a file that was renamed", moved("t1", OLD, FILE), [renamed({})]],
  [
    "one that was changed after",
    moved("t1", OLD, FILE) + edit("t2", "b\n", "B\n", A),
    [renamed({ after: B, added: 1, removed: 1 })],
  ],
  [
    "one that was changed before",
    edit("t1", "b\n", "B\n", A, OLD) + moved("t2", OLD, FILE, B),
    [renamed({ after: B, added: 1, removed: 1 })],
  ],
  [
    "one that was renamed twice",
    moved("t1", OLDER, OLD) + moved("t2", OLD, FILE),
    [renamed({ from: OLDER })],
  ],
  ["one that is new", write("t1", OLD, A) + moved("t2", OLD, FILE), [exact(null, A, { status: "created" })]],
  [
    "one that is gone",
    moved("t1", OLD, FILE) + removed("t2", FILE),
    [exact(A, null, { path: OLD, status: "deleted" })],
  ],
  ["and back", moved("t1", OLD, FILE) + moved("t2", FILE, OLD), []],
])("renamed: %s", async (_, text, files) => {
  await using store = await asked(userLine("Rename it.") + text);
  expect(store.changes({}).files).toEqual(files);
});

test("a sub-agent's edits are its own, and proved by what it read", async () => {
  const files = await captured("subagent-one");
  await using store = await recorded(files);
  const [session] = store.sessions.list();
  const { subagents } = store.session(session?.id);
  const of = { stories: new Stories(store.db, [store.path], hash), sessions: store.sessions };
  const found = subagents.map(({ id }) => changes(store.db, of, session?.id ?? "", { agent: id }).files);
  expect(found).toMatchObject([[{ kind: "exact", status: "changed" }]]);
  expect(found[0]?.[0]?.after).toBe(found[0]?.[0]?.before?.replace("a - b", "a + b"));
});

test("a fork's copies are its parent's", async () => {
  const files = await captured("fork-session");
  await using store = await recorded(files);
  const of = { stories: new Stories(store.db, [store.path], hash), sessions: store.sessions };
  const names = store.sessions
    .list()
    .map(({ id }) => changes(store.db, of, id, {}).files.map(file => file.path.split("/").at(-1)));
  expect(names.map(some => some.join()).sort()).toEqual(["fork.txt", "orig.txt,math.js"]);
});

test.each<[string, ChangesWanted, string, string, number]>([
  ["a step", { step: "t1" }, D, D.replace("B\n", "b\n"), 0],
  ["a prompt, in what was changed since", { prompt: "u2" }, `0\n${D}`, `0\n${C}`, 0],
  ["the session, not what the person did", {}, D, A.replace("e\n", "E\n"), 0],
  ["what was changed since stays", { step: "t1" }, D.replace("B\n", "BB\n"), D.replace("B\n", "BB\n"), 1],
])("taking back %s", async (_, wanted, now, left, conflicts) => {
  await using store = await asked(TEXT);
  const taken = store.takeBack(wanted, now);
  expect([taken.text, taken.conflicts.length, taken.gone]).toEqual([left, conflicts, false]);
  const lines = linesOf(now);
  for (const { start, end, text } of taken.places.toReversed()) lines.splice(start, end - start, text);
  expect(lines.join("")).toBe(left);
});

test("a file that was new is gone when nothing is left of it", async () => {
  await using store = await asked(userLine("Write it.") + write("t1", FILE, A));
  expect(store.takeBack({}, A)).toMatchObject({ text: "", gone: true });
  expect(store.takeBack({}, `${A}mine\n`)).toMatchObject({ text: "mine\n", gone: false });
});

test("lines say which step wrote them, for what, and nothing of those that a person typed", async () => {
  await using store = await asked(TEXT);
  const { spans, steps } = store.blame(`0\n${D}z\n`);
  expect(spans.map(({ start, count, step }) => [start, count, steps[step]?.stepId])).toEqual([
    [2, 1, "t1"],
    [8, 2, "t2"],
  ]);
  expect(steps).toMatchObject([
    { stepId: "t1", sessionId: SESSION, promptId: "u1", prompt: "Make b big.", title: "Make b big." },
    { stepId: "t2", promptId: "u2", prompt: "And two of h." },
  ]);
});
