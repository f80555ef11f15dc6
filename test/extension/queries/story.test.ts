import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { plain } from "../../../extension/clean/patch.ts";
import { isExact, Stories, type Version } from "../../../extension/queries/story.ts";
import { Words } from "../../../extension/queries/words.ts";
import { captured, hash, recorded } from "./recorded.ts";

/** What git had at each commit: all of the first one, and what is other than that in each later one. */
interface Tree {
  sha: string;
  files: Record<string, string>;
  gone?: string[];
}

const CAPTURES = "test/fixtures/captures";
const trees = JSON.parse(readFileSync("test/fixtures/trees.json", "utf8")) as Record<string, Tree[]>;
/** A wrong one fails its test. */
const sum = { exact: 0, hunks: 0, checkedByGit: 0, checkedByHook: 0 };

/** All edits of a capture, by file. */
async function storiesOf(name: string) {
  await using store = await recorded(await captured(name));
  const stories = new Stories(store.db, [store.path], hash);
  const files = store.db.all<{ file: number }>("select distinct file from edit order by file");
  using words = new Words(store.db);
  const sessions = store.sessions.list();
  const made = sessions.flatMap(({ id }) => store.session(id).commits);
  const whole: Version[][] = files.map(({ file }) => stories.whole(stories.rowsOf(file), words));
  return { project: sessions[0]?.project ?? "", made, stories: whole };
}

/** What a hook was told that each edit made; the client tells its hooks of sub-agents' edits as well. */
function hooked(name: string): Map<string, string> {
  const text = gunzipSync(readFileSync(join(CAPTURES, name, "hooks.ndjson.gz"))).toString();
  const made = new Map<string, string>();
  for (const line of text.split("\n").filter(Boolean)) {
    const { body } = JSON.parse(line) as { body: Record<string, unknown> };
    const response = (body.tool_response ?? {}) as Record<string, string | boolean>;
    const { originalFile: before, oldString, newString, content } = response;
    if (body.hook_event_name !== "PostToolUse" || typeof body.tool_use_id !== "string") continue;
    if (body.tool_name === "Write") made.set(body.tool_use_id, String(content));
    else if (typeof before === "string" && typeof newString === "string")
      made.set(body.tool_use_id, before.split(String(oldString)).join(newString));
  }
  return made;
}

const textOf = (lines: string[] | null) => lines?.join("") ?? null;

describe.each(Object.keys(trees))("%s", name => {
  const [base = { sha: "", files: {} }, ...commits] = trees[name] ?? [];

  test("every file before and after every edit is what git and the hooks say", async () => {
    const { project, made, stories } = await storiesOf(name);
    const hooks = hooked(name);
    for (const story of stories) {
      const path = relative(project, story[0]?.path ?? "");
      const inside = !path.startsWith("..");
      if (inside && story[0] && isExact(story[0])) {
        expect(textOf(story[0].before)).toBe(path in base.files ? plain(base.files[path] ?? "") : null);
        sum.checkedByGit++;
      }
      for (const { sha, files, gone = [] } of inside ? commits : []) {
        const at = made.find(commit => commit.sha !== null && sha.startsWith(commit.sha))?.at ?? 0;
        const last = story.findLast(({ row }) => row.at <= at);
        if (!last || !isExact(last)) continue;
        expect([path, textOf(last.after)]).toEqual([
          path,
          gone.includes(path) || !(path in { ...base.files, ...files })
            ? null
            : plain(files[path] ?? base.files[path] ?? ""),
        ]);
        sum.checkedByGit++;
      }
      for (const version of story) {
        if (!isExact(version)) {
          expect(version.told.hunks.length + version.told.swaps.length).toBeGreaterThan(0);
          sum.hunks++;
          continue;
        }
        sum.exact++;
        const made = hooks.get(version.row.step);
        if (made === undefined) continue;
        expect(textOf(version.after)).toBe(plain(made));
        sum.checkedByHook++;
      }
    }
  });
});

test("nearly all are exact", () => {
  process.stdout.write(`${JSON.stringify(sum)}\n`);
  expect(sum.exact).toBeGreaterThan(50);
  expect(sum.checkedByGit + sum.checkedByHook).toBeGreaterThan(100);
  expect(sum.hunks).toBeLessThan(3);
});
