import { utimesSync } from "node:fs";
import { expect, test } from "vitest";
import { isExact, Stories } from "../../../extension/queries/story.ts";
import { Words } from "../../../extension/queries/words.ts";
import { line, resultLine, SESSION, toolLine, userLine } from "../../lines.ts";
import { scratch } from "../../scratch.ts";
import { hash, MAIN, recorded } from "./recorded.ts";

const FILE = "/home/sam/dev/shop/a.ts";
const BEFORE = "one\ntwo\nthree\n";
const AFTER = "one\nTWO\nthree\n";
const HUNK = { oldStart: 1, newStart: 1, lines: [" one", "-two", "+TWO", " three"] };

/** A command that changed a file, of which only the patch is known. */
function bash(path = FILE, id = "t1"): string {
  const bashEditDiff = { files: [{ filePath: path, hunks: [HUNK] }] };
  return toolLine(id, "Bash", { command: "…" }) + resultLine(id, false, { toolUseResult: { bashEditDiff } });
}

/** What an agent was shown of a file, each line with its number. */
function read(text: string, input: object = {}, id = "r1"): string {
  const shown = text
    .split("\n")
    .map((words, i) => `${i + 1}\t${words}`)
    .join("\n");
  return toolLine(id, "Read", { file_path: FILE, ...input }) + resultLine(id, false, {}, shown);
}

/** A copy that the client made of a file before it changed it. */
function backup(name: string, path = FILE, trackingPath = "a.ts"): string {
  const backup = {
    backupFileName: name,
    backupTime: "2026-11-01T00:00:00.000Z",
    realParentDir: path.replace(/\/[^/]+$/, ""),
  };
  return line({ type: "file-history-delta", trackingPath, backup });
}

async function proved(text: string, files: Record<string, string> = {}, path = FILE) {
  await using store = await recorded({ ...files, [MAIN]: userLine("Go on.") + text });
  const stories = new Stories(store.db, [store.path], hash);
  using words = new Words(store.db);
  const [version] = stories.whole(stories.rowsOf(stories.fileOf(path) ?? 0), words).slice(-1);
  return version && isExact(version)
    ? [version.before, version.after].map(lines => lines?.join(""))
    : undefined;
}

const COPY = { [`file-history/${SESSION}/abc@v1`]: BEFORE };
const edit = (old: string, to: string) =>
  toolLine("t1", "Edit", { file_path: FILE, old_string: old, new_string: to });

test.each<[string, string, Record<string, string>, string[] | undefined]>([
  ["nothing", bash(), {}, undefined],
  ["what was read before", read(BEFORE) + bash(), {}, [BEFORE, AFTER]],
  ["not what was read in part", read(BEFORE, { limit: 9 }) + bash(), {}, undefined],
  ["not what reads otherwise", read(`zero\n${BEFORE}`) + bash(), {}, undefined],
  ["the client's copy", backup("abc@v1") + bash(), COPY, [BEFORE, AFTER]],
  [
    "not a copy of another file",
    backup("abc@v1", "/home/sam/dev/shop/b.ts", "b.ts") + bash(),
    COPY,
    undefined,
  ],
  [
    "not a copy that does not fit",
    backup("abc@v1") + bash(),
    { [`file-history/${SESSION}/abc@v1`]: "x\n" },
    undefined,
  ],
  [
    "what was read before an edit without a result",
    read(BEFORE) + edit("two", "TWO") + resultLine("t1"),
    {},
    [BEFORE, AFTER],
  ],
  [
    "not when it may be one of two places",
    read("two\ntwo\n") + edit("two", "TWO") + resultLine("t1"),
    {},
    undefined,
  ],
])("a step is proved by %s", async (_, text, files, sides) => {
  expect(await proved(text, files)).toEqual(sides);
});

test.each<[string, string, number, string[] | undefined]>([
  ["the file as it is, when nobody changed it since", AFTER, 0, [BEFORE, AFTER]],
  ["not a file that was changed since", AFTER, 60, undefined],
  ["not one that reads otherwise", BEFORE, 0, undefined],
  ["not one that is no text", `${AFTER}\0`, 0, undefined],
])("or by %s", async (_, text, later, sides) => {
  await using folder = await scratch({ "a.ts": text });
  const path = folder.at("a.ts");
  const transcript = bash(path);
  const [at] = /"timestamp":"([^"]+)"(?=[^\n]*\n$)/.exec(transcript)?.slice(1) ?? [];
  const changed = new Date(Date.parse(at ?? "") + later * 1000);
  utimesSync(path, changed, changed);
  expect(await proved(transcript, {}, path)).toEqual(sides);
});
