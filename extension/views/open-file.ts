import { type TextEditor, window } from "vscode";
import { debounce } from "../base/debounce.ts";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";
import type { OpenFile } from "../pages.ts";
import { type Blames, stepAt } from "./blames.ts";

/** So long a cursor rests before anybody is told. */
const PAUSE = 250;

/** Calls `moved` when the user goes to another file, or to another line of it; answers how to stop. */
export function onMoved(moved: () => void): Lifetime {
  const life = new Lifetime();
  const told = life.add(debounce(moved, () => PAUSE));
  const tell = (editor: TextEditor | undefined) => editor && isFile(editor) && told();
  life.add(window.onDidChangeActiveTextEditor(tell));
  life.add(window.onDidChangeTextEditorSelection(({ textEditor }) => tell(textEditor)));
  return life;
}

/** The file that the editor shows, and which steps of a session changed it. */
export async function openFile(owner: Owner, blames: Blames, session: string): Promise<OpenFile | null> {
  const { activeTextEditor: active, visibleTextEditors: visible } = window;
  const editor = active && isFile(active) ? active : visible.find(isFile);
  if (!editor) return null;
  const { document, selection } = editor;
  const path = document.uri.fsPath;
  const [edits, blame] = await Promise.all([owner.edits({ session, file: path }), blames.of(document)]);
  const wrote = stepAt(blame, selection.active.line);
  return {
    path,
    changedBy: edits.map(edit => edit.stepId),
    wroteLine: wrote?.sessionId === session ? wrote.stepId : null,
  };
}

/** Not a file as of some step: the replay itself shows these. */
function isFile({ document }: TextEditor): boolean {
  return document.uri.scheme === "file";
}
