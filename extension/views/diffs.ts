import { existsSync } from "node:fs";
import { type TextDocumentShowOptions, Uri, ViewColumn, commands as vscode, window, workspace } from "vscode";
import { ExpectedError } from "../base/expected-error.ts";
import { baseName, oneLine } from "../base/format.ts";
import type { FileVersion } from "../questions.ts";
import type { Target } from "./target.ts";
import type { VirtualFiles } from "./virtual-files.ts";

const ARROW = "⟷";

/** Shows what agents changed in the editor's own diffs. */
export class Diffs {
  readonly #files: VirtualFiles;

  constructor(files: VirtualFiles) {
    this.#files = files;
  }

  /** Opens what a step, a prompt, a sub-agent or a session changed: one file as a diff, several below each other. */
  async open(target: Target): Promise<void> {
    const { title, files } = await this.#known(target);
    const [file] = files;
    if (!file) return;
    const subject = title ? `: ${oneLine(title, 40)}` : "";
    if (files.length === 1) {
      const sides = `${named(file)} (before ${ARROW} after${subject}${hint(file)})`;
      await vscode.executeCommand("vscode.diff", ...this.#sides(target, file), sides, place(target));
    } else {
      const rows = files.map(file => [Uri.file(file.path), ...this.#rowSides(target, file)]);
      await vscode.executeCommand("vscode.changes", `Changes${subject}`, rows);
    }
  }

  /** Opens a file as a step left it. */
  async openFile(target: Target): Promise<void> {
    const { files } = await this.#known(target);
    const file = await chosen(files, "Which file?");
    if (file)
      await window.showTextDocument(this.#files.uri(target, file, file.after === null ? "before" : "after"));
  }

  /** Compares a file as a step left it with the file as it is. */
  async compareWithNow(target: Target): Promise<void> {
    const { files } = await this.#known(target);
    const file = await chosen(files, "Which file?");
    if (!file) return;
    if (file.kind !== "exact")
      throw new ExpectedError(
        "The whole file as of this step is not known, only what changed. Open its diff instead.",
      );
    if (!existsSync(file.path))
      throw new ExpectedError(`${file.path} is not there any more. Open its diff instead.`);
    const title = `${baseName(file.path)} (as of then ${ARROW} now)`;
    const after = this.#files.uri(target, file, "after");
    await vscode.executeCommand("vscode.diff", after, Uri.file(file.path), title);
  }

  #sides(target: Target, file: FileVersion): [Uri, Uri] {
    return [this.#files.uri(target, file, "before"), this.#files.uri(target, file, "after")];
  }

  #rowSides(target: Target, file: FileVersion): [Uri | undefined, Uri | undefined] {
    const [before, after] = this.#sides(target, file);
    if (file.kind === "hunks") return [before, after];
    return [file.before === null ? undefined : before, file.after === null ? undefined : after];
  }

  /** The files that can be shown; says what to do when there are none. */
  async #known(target: Target): Promise<{ title: string; files: FileVersion[] }> {
    const { title, files } = await this.#files.changes(target);
    const meant = files.filter(
      ({ path, from }) => target.path === undefined || [path, from].includes(target.path),
    );
    const known = meant.filter(file => file.path !== "" && (file.kind === "exact" || file.hunks.length > 0));
    if (known.length > 0) return { title, files: known };
    if (meant.length === 0)
      throw new ExpectedError(
        target.step === undefined
          ? "No file was changed here, or none is left changed."
          : "This step changed no file.",
      );
    throw new ExpectedError(
      'What was changed here can\'t be read: it is no text, or too large, or its transcript is gone. Claude Code deletes them after 30 days; "cleanupPeriodDays" in its settings keeps them for longer.',
    );
  }
}

function named({ path, from }: FileVersion): string {
  return from === undefined || baseName(from) === baseName(path)
    ? baseName(path)
    : `${baseName(from)} → ${baseName(path)}`;
}

function hint(file: FileVersion): string {
  if (file.kind === "hunks") return ", only the changed lines are known";
  return file.mixed ? ", with other changes in between" : "";
}

/** A file of several, by its name in the folder. */
async function chosen(files: FileVersion[], placeHolder: string): Promise<FileVersion | undefined> {
  if (files.length === 1) return files[0];
  const items = files.map(file => ({
    label: baseName(file.path),
    description: workspace.asRelativePath(file.path),
    file,
  }));
  return (await window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.file;
}

function place({ beside }: Target): TextDocumentShowOptions {
  return beside ? { viewColumn: ViewColumn.Beside, preserveFocus: true, preview: true } : {};
}
