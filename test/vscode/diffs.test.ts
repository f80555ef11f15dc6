import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { resultLine, SESSION, titleLine, toolLine, userLine } from "../lines.ts";
import { type Editor, openVSCode } from "./editor.ts";
import { eventually } from "./eventually.ts";
import { writeFiles } from "./folder.ts";
import { createHome, type Home } from "./home.ts";
import { SHOTS, takePicture } from "./step.ts";
import { version, vsix } from "./version.ts";
import type { Window } from "./window.ts";

const BEFORE = "export function add(a, b) {\n  return a - b;\n}\n";
const AFTER = BEFORE.replace("a - b", "a + b");
const TEST = 'import { add } from "./math.js";\n\ntest(add(1, 2) === 3);\n';
const NOW = `// sums\n${AFTER}`;

let home: Home;
let editor: Editor;
let window: Window;
let folder: string;

// One editor for the whole file: the tests follow each other as a person's steps do.
beforeAll(async () => {
  home = createHome();
  folder = home.project("shop");
  execFileSync("git", ["init", "-q"], { cwd: folder });
  commit(folder, "2026-01-01T00:00:00Z");
  writeFiles(folder, { "math.js": NOW, "math.test.js": TEST });
  home.transcript(folder, SESSION, story(folder));
  const settings = {
    "agentTrace.codeLens": "file",
    "agentTrace.fileBadges": true,
    "agentTrace.recordCommits": true,
  };
  editor = await openVSCode({ version, home, vsix: vsix(), settings });
  window = await editor.window(folder);
  await window.openView("Agent Trace");
  await window.row("Make add add").expand();
  await window.row("Fix add").expand();
});

afterAll(async () => {
  await editor?.[Symbol.asyncDispose]();
  await home?.[Symbol.asyncDispose]();
});

/** A session that fixed a file and wrote its test. */
function story(cwd: string): string[] {
  const [math, other] = [join(cwd, "math.js"), join(cwd, "math.test.js")];
  const lines = [" export function add(a, b) {", "-  return a - b;", "+  return a + b;", " }"];
  const patch = { structuredPatch: [{ oldStart: 1, oldLines: 3, newStart: 1, newLines: 3, lines }] };
  const input = { old_string: "a - b", new_string: "a + b" };
  const result = { oldString: "a - b", newString: "a + b", originalFile: BEFORE, ...patch };
  return [
    titleLine("Make add add"),
    userLine("Fix add", { cwd }),
    toolLine("toolu_1", "Edit", { file_path: math, ...input }, { cwd }),
    resultLine("toolu_1", false, { cwd, toolUseResult: { filePath: math, ...result } }),
    toolLine("toolu_2", "Write", { file_path: other, content: TEST }, { cwd }),
    resultLine("toolu_2", false, {
      cwd,
      toolUseResult: {
        type: "create",
        filePath: other,
        content: TEST,
        structuredPatch: [],
        originalFile: null,
      },
    }),
  ].map(line => line.trimEnd());
}

/** Commits all that is there, as if it was then. */
function commit(cwd: string, at: string): string {
  const env = { ...process.env, GIT_COMMITTER_DATE: at };
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], {
      cwd,
      env,
      encoding: "utf8",
    });
  git("add", ".");
  git("commit", "-qm", "work", "--allow-empty");
  return git("rev-parse", "HEAD").trim();
}

/** What stands behind a line without being part of it. */
function annotations(name = "Claude"): Promise<string[]> {
  return window.page
    .locator(".editor-group-container.active .view-line span")
    .evaluateAll(
      (spans, name) =>
        spans.map(span => getComputedStyle(span, "::after").content).filter(text => text.includes(name)),
      name,
    );
}

test("a click on a step opens the file before and after it", async () => {
  await window.row("math.js").click();
  await eventually(async () => expect(await window.tabs()).toEqual(["math.js (before ⟷ after: Fix add)"]));
  await eventually(async () =>
    expect(await window.editors()).toEqual([
      expect.stringContaining("return a - b;"),
      expect.stringContaining("return a + b;"),
    ]),
  );
  await window.screenshot("step-diff");
});

test("its menu compares with the file as it is", async () => {
  await window.row("math.js").contextMenu("Compare with the File Now");
  await eventually(async () => expect(await window.tabs()).toContain("math.js (as of then ⟷ now)"));
  await eventually(async () => expect((await window.editors()).join()).toContain("// sums"));
});

test("and opens the file as of then, in its language", async () => {
  await window.row("math.js").contextMenu("Open File as of This Step");
  await eventually(async () => expect(await window.tabs()).toContain("math.js"));
  await eventually(async () => expect((await window.editors())[0]).not.toContain("// sums"));
  await window.page.locator('.statusbar [id="status.editor.mode"]').getByText("JavaScript").waitFor();
});

test("a prompt opens all files that it changed, below each other", async () => {
  await window.row("Fix add").contextMenu("Open Changes");
  await eventually(async () => expect(await window.tabs()).toContain("Changes: Fix add (2 files)"));
  await eventually(async () => expect((await window.editors()).join()).toContain("test(add(1, 2) === 3);"));
  await window.screenshot("prompt-changes");
  await window.run("View: Close All Editors");
});

test("the view Changes lists the files of the row, and opens each", async () => {
  await window.row("Fix add").click();
  await eventually(async () =>
    expect((await window.rows("Changes")).map(({ label, description }) => [label, description])).toEqual([
      ["math.js", "+1 −1"],
      ["math.test.js", "+3"],
    ]),
  );
  await window.row("Fix add", "Sessions").expand();
  await window.row("math.test.js", "Changes").click();
  await eventually(async () =>
    expect(await window.tabs()).toContain("math.test.js (before ⟷ after: Fix add)"),
  );
  await window.run("View: Close All Editors");
});

test("the line of the cursor says who wrote it, wherever it goes", async () => {
  await window.openFile("math.js");
  await window.page.keyboard.press("Control+Home");
  await window.page.waitForTimeout(500);
  expect(await annotations()).toEqual([]);
  await window.page.keyboard.press("ArrowDown");
  await window.page.keyboard.press("ArrowDown");
  const said = expect.stringMatching(/^"Claude · Fix add · .* ago"$|^"Claude · Fix add · \d.*"$/);
  await eventually(async () => expect(await annotations()).toEqual([said]));
  await window.page.keyboard.press("Control+Home");
  await window.page.keyboard.type("// more\n// and more\n");
  for (let i = 0; i < 2; i++) await window.page.keyboard.press("ArrowDown");
  await eventually(async () => expect(await annotations()).toEqual([said]));
});

test("and its hover has the prompt, and where to go from here", async () => {
  await window.page.keyboard.press("End");
  await window.run("Show or Focus Hover");
  const hover = window.page.locator(".monaco-hover:visible").first();
  await hover.getByText("Diff of this step").waitFor();
  await takePicture(window.page, join(SHOTS, version, "blame-hover.png")); // the mouse would close it
  await hover.getByText("Diff of this step").click();
  await eventually(async () => expect(await window.tabs()).toContain("math.js (before ⟷ after: Fix add)"));
  await window.run("View: Close Editor");
});

test("a replay that follows the editor goes to the step that wrote the line there", async () => {
  await window.row("Make add add").click();
  await window.webview("h1"); // VS Code 1.100 may lose a page that is moved while it comes
  await window.run("View: Move Editor into Right Group");
  const replay = await window.webview("h1");
  const current = () => replay.locator(".row.current .what").textContent();
  await replay.getByRole("button", { name: "Follow in editor" }).click();
  await window.run("View: Focus First Editor Group");
  await eventually(async () => expect(await current()).toMatch(/math\.js/));
  await window.openFile("math.test.js");
  await eventually(async () => expect(await current()).toMatch(/math\.test\.js/));
  await replay.getByRole("button", { name: "math.test.js 1" }).waitFor();
  await window.openFile("math.js");
  await window.run("View: Close Editors in Other Groups");
});

test("the view This File has the prompts that changed it, and a lens sums them up", async () => {
  await eventually(async () =>
    expect(await window.rows("This File")).toMatchObject([
      { label: "Fix add", description: expect.stringContaining("1 edit · +1 −1") },
    ]),
  );
  await eventually(async () => expect(await window.lenses()).toEqual(["1 session · 1 edit"]));
});

test("a file in the Explorer that nobody has committed yet has a badge", async () => {
  await window.openView("Explorer");
  const file = window.page.locator(".explorer-folders-view .monaco-list-row", { hasText: "math.js" });
  await eventually(async () => expect(await file.textContent()).toContain("math.js"));
  const badge = () =>
    file.locator(".monaco-icon-label").evaluate(label => getComputedStyle(label, "::after").content);
  await eventually(async () => expect(await badge()).toContain("✦"));
  await window.screenshot("file-badges");
  await window.openView("Agent Trace");
});

test("a whole file shows who wrote what", async () => {
  await window.run("Agent Trace: Toggle Who Wrote the File");
  await window.page.waitForTimeout(1000);
  await window.screenshot("file-blame");
  await window.theme("light");
  await window.screenshot("file-blame");
  await window.theme("dark");
  await window.run("Agent Trace: Toggle Who Wrote the File");
});

test("what Claude wrote of the last commit is exported in the open format", async () => {
  await window.openFile("math.js");
  await window.page.keyboard.press("Control+S");
  const revision = commit(folder, "2026-11-22T00:00:00Z");
  // A star beside the branch says that Git has not seen the commit yet.
  await window.page
    .locator(".statusbar")
    .getByText(/^\s*(master|main)\s*$/)
    .waitFor();
  await window.run("Agent Trace: Export Who Wrote the Last Commit");
  const record = () => JSON.parse(readFileSync(join(folder, ".agent-trace", `${revision}.json`), "utf8"));
  const ranges = [{ start_line: 1, end_line: 3 }];
  await eventually(() =>
    expect(record()).toMatchObject({
      vcs: { type: "git", revision },
      files: expect.arrayContaining([
        { path: "math.test.js", conversations: [{ contributor: { type: "ai" }, ranges }] },
      ]),
    }),
  );
});

test("each commit is noted down when that is wanted, and what others noted down is shown", async () => {
  const before = execFileSync("git", ["rev-parse", "HEAD"], { cwd: folder, encoding: "utf8" }).trim();
  writeFiles(folder, { "math.js": `${readFileSync(join(folder, "math.js"), "utf8")}// the end\n` });
  const revision = commit(folder, new Date().toISOString());
  const record = join(folder, ".agent-trace", `${revision}.json`);
  await eventually(() => expect(readFileSync(record, "utf8")).toContain("math.js"));
  const conversations = [{ contributor: { type: "ai" }, ranges: [{ start_line: 1, end_line: 2 }] }];
  const theirs = {
    ...{ version: "0.1.0", vcs: { type: "git", revision: before }, tool: { name: "cursor" } },
    files: [{ path: "math.js", conversations }],
  };
  writeFiles(folder, { ".agent-trace/cursor.json": JSON.stringify(theirs) });
  await window.openFile("math.js");
  await window.page.keyboard.press("Control+Home");
  await window.page.keyboard.press("Enter");
  await eventually(async () => expect(await annotations("Cursor")).toHaveLength(1));
  await window.screenshot("blame-other");
  await window.page.keyboard.press("Control+Z");
});

test("undo takes back a prompt after a preview, in what was changed since", async () => {
  await window.row("Fix add", "Sessions").contextMenu("Undo…");
  const files = window.page.locator('.bulk-edit-panel .monaco-list-row[aria-level="1"] .edit-checkbox');
  await eventually(async () => expect(await files.count()).toBe(2));
  for (const file of await files.all()) await file.click();
  await window.screenshot("undo-preview");
  await window.page.getByRole("button", { name: "Apply", exact: true }).click();
  await eventually(() => expect(existsSync(join(folder, "math.test.js"))).toBe(false));
  await window.openFile("math.js");
  await eventually(async () => expect((await window.editors())[0]).toContain("return a - b;"));
  expect((await window.editors())[0]).toContain("and more");
});
