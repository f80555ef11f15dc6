import { existsSync } from "node:fs";
import {
  EndOfLine,
  ProgressLocation,
  Range,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from "vscode";
import { ExpectedError } from "../base/expected-error.ts";
import { baseName, count, oneLine } from "../base/format.ts";
import type { Owner } from "../base/owner.ts";
import type { Conflict, Replacement } from "../questions.ts";
import { type Target, wantedOf } from "./target.ts";

const INVENTED =
  "The demo's files are invented, so nothing can be undone in them. In your own sessions you see each place first.";

/**
 * Takes back what a step, a prompt or a session did to files, in the texts as they are by now. Nothing is written
 * before the user has seen it: VS Code's own preview asks for each place, and its own undo brings it all back.
 */
export async function undo(owner: Owner, target: Target): Promise<void> {
  if (owner.place.demo) throw new ExpectedError(INVENTED);
  const { title, files } = await owner.changes(target.session, wantedOf(target));
  const meant = files
    .filter(file => target.path === undefined || file.path === target.path)
    .flatMap(({ path, from }) => (from === undefined ? [path] : [path, from]));
  if (meant.length === 0) throw new ExpectedError("There is nothing to undo: no file was changed here.");
  const outside = meant.filter(path => !workspace.getWorkspaceFolder(Uri.file(path)));
  const allowed = outside.length === 0 || (await mayLeave(outside));
  const edit = new WorkspaceEdit();
  const label = `Undo ${oneLine(title, 60) || "what Claude did"}`;
  const conflicts: (Conflict & { path: string })[] = [];
  let places = 0;
  for (const path of allowed ? meant : meant.filter(path => !outside.includes(path))) {
    const found = await takeBack(owner, target, path, edit, label);
    places += found.places;
    conflicts.push(...found.conflicts.map(conflict => ({ ...conflict, path })));
  }
  const how = {
    location: ProgressLocation.Notification,
    title: "Tick what is to be undone, then press Apply.",
  };
  if (places > 0) await window.withProgress(how, () => workspace.applyEdit(edit, { isRefactoring: true }));
  if (conflicts.length > 0) await tell(conflicts, places);
  else if (places === 0) void window.showInformationMessage("Nothing is left of it in these files.");
}

async function mayLeave(paths: string[]): Promise<boolean> {
  const which = paths.join("\n");
  const question = `${count(paths.length, "file")} outside of this workspace would be changed too.`;
  return (
    (await window.showWarningMessage(question, { modal: true, detail: which }, "Change Them Too")) !==
    undefined
  );
}

async function takeBack(owner: Owner, target: Target, path: string, edit: WorkspaceEdit, label: string) {
  const uri = Uri.file(path);
  const here = existsSync(path);
  const document = here ? await workspace.openTextDocument(uri) : undefined;
  const text = (document?.getText() ?? "").replaceAll("\r\n", "\n");
  const taken = await owner.takeBack(target.session, { ...wantedOf(target), path, text });
  const metadata = { needsConfirmation: true, label, description: baseName(path) };
  let places = 0;
  if (taken.gone && here) {
    edit.deleteFile(uri, {}, metadata);
    places = 1;
  } else if (document) places = replacePlaces(edit, document, taken.places, metadata);
  else if (taken.text !== "") {
    edit.createFile(uri, { contents: new TextEncoder().encode(taken.text) }, metadata);
    places = 1;
  }
  return { places, conflicts: taken.conflicts };
}

/** An edit for each place that differs, so that the user may take some of them only. */
function replacePlaces(
  edit: WorkspaceEdit,
  document: TextDocument,
  places: Replacement[],
  metadata: { needsConfirmation: boolean; label: string },
): number {
  for (const { start, end, text } of places) {
    const range = document.validateRange(new Range(start, 0, end, 0));
    const written = document.eol === EndOfLine.CRLF ? text.replaceAll("\n", "\r\n") : text;
    edit.replace(document.uri, range, written, metadata);
  }
  return places.length;
}

/** Says which places were left as they are, and shows them to whoever wants to see them. */
async function tell(conflicts: (Conflict & { path: string })[], places: number): Promise<void> {
  const left = `${count(conflicts.length, "place")} ${conflicts.length === 1 ? "was" : "were"} changed since and ${conflicts.length === 1 ? "is" : "are"} left as ${conflicts.length === 1 ? "it is" : "they are"}.`;
  const what = places > 0 ? left : `Nothing was undone: ${left}`;
  if ((await window.showWarningMessage(what, "Show")) === undefined) return;
  const content = conflicts.map(({ path, before, after }) => {
    const signed = (sign: string, text: string) =>
      text
        .replace(/\n$/, "")
        .split("\n")
        .map(line => sign + line);
    const lines = [...(before ? signed("-", before) : []), ...(after ? signed("+", after) : [])];
    return [
      `--- ${path}`,
      `+++ ${path}`,
      "@@ what was changed there, and changed again since @@",
      ...lines,
      "",
    ].join("\n");
  });
  await window.showTextDocument(
    await workspace.openTextDocument({ language: "diff", content: content.join("\n") }),
  );
}
