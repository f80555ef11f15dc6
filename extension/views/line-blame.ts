import {
  type DecorationOptions,
  type MarkdownString,
  Range,
  type TextEditor,
  ThemeColor,
  window,
} from "vscode";
import { Lifetime } from "../base/lifetime.ts";
import { onAnyChange, type Setting } from "../base/setting.ts";
import type { Blame } from "../questions.ts";
import { inFull, inShort, otherInFull, otherInShort } from "./blame-text.ts";
import { type Blames, NOTHING, otherAt, stepAt } from "./blames.ts";

/** How much of a file says who wrote it. */
export type BlameMode = "off" | "line" | "file";

/** The colours of sessions in a file; a seventh has the first one again. */
const COLOURS = ["blue", "green", "purple", "orange", "yellow", "red"].map(
  name => new ThemeColor(`charts.${name}`),
);

/** Says who wrote the line of the cursor, at its end; and, if wanted, all lines, by a colour for each session. */
export class LineBlame {
  readonly #life = new Lifetime();
  readonly #blames: Blames;
  readonly #mode: Setting<BlameMode>;
  readonly #shown = new WeakMap<TextEditor, string>();
  readonly #line = this.#life.add(
    window.createTextEditorDecorationType({
      after: { margin: "0 0 0 3em", color: new ThemeColor("editorCodeLens.foreground"), fontStyle: "italic" },
    }),
  );
  readonly #bars = COLOURS.map(color =>
    this.#life.add(
      window.createTextEditorDecorationType({
        isWholeLine: true,
        borderWidth: "0 0 0 3px",
        borderStyle: "solid",
        borderColor: color,
        overviewRulerColor: color,
      }),
    ),
  );

  constructor(blames: Blames, mode: Setting<BlameMode>) {
    this.#blames = blames;
    this.#mode = mode;
    const all = () => window.visibleTextEditors.forEach(editor => void this.#show(editor));
    this.#life.add(blames.changed.on(all));
    this.#life.add(onAnyChange([mode], all));
    this.#life.add(window.onDidChangeTextEditorSelection(({ textEditor }) => void this.#show(textEditor)));
    this.#life.add(window.onDidChangeActiveTextEditor(all));
    all();
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  async #show(editor: TextEditor): Promise<void> {
    const { document } = editor;
    const { version } = document;
    const mode = this.#mode.value;
    const blame = mode === "off" ? NOTHING : await this.#blames.of(document);
    // Somebody typed meanwhile: what comes next is shown soon.
    if (document.version !== version) return;
    const current = editor === window.activeTextEditor ? this.#current(editor, blame) : [];
    const all = mode === "file" ? blame : NOTHING;
    // A decoration that is set again closes the hover that somebody reads.
    const shown = JSON.stringify([version, current, all]);
    if (this.#shown.get(editor) === shown) return;
    this.#shown.set(editor, shown);
    editor.setDecorations(this.#line, current);
    this.#colour(editor, all);
  }

  #current({ document, selection }: TextEditor, blame: Blame): DecorationOptions[] {
    const { line } = selection.active;
    const now = Date.now();
    const [step, other] = [stepAt(blame, line), otherAt(blame, line)];
    const { end } = document.lineAt(line).range;
    const range = new Range(end, end);
    if (step) return [shown(range, inFull(step, document.uri.fsPath, now), inShort(step, now))];
    return other ? [shown(range, otherInFull(other, now), otherInShort(other, now))] : [];
  }

  /** Each session has a colour, and each other author. */
  #colour(editor: TextEditor, { spans, steps, others }: Blame): void {
    const now = Date.now();
    const ours = spans.flatMap(({ start, count, step }) => {
      const by = steps[step];
      if (!by) return [];
      return [
        { start, count, author: by.sessionId, hoverMessage: inFull(by, editor.document.uri.fsPath, now) },
      ];
    });
    const theirs = others.map(other => ({
      ...other,
      author: `${other.by.kind} ${other.by.name}`,
      hoverMessage: otherInFull(other, now),
    }));
    const all = [...ours, ...theirs];
    const authors = [...new Set(all.map(({ author }) => author))];
    for (const [i, bar] of this.#bars.entries()) {
      const mine = all.filter(({ author }) => authors.indexOf(author) % COLOURS.length === i);
      const ranges = mine.map(({ start, count, hoverMessage }) => ({
        ...{ range: new Range(start, 0, start + count - 1, 0), hoverMessage },
      }));
      editor.setDecorations(bar, ranges);
    }
  }
}

function shown(range: Range, hoverMessage: MarkdownString, contentText: string): DecorationOptions {
  return { range, hoverMessage, renderOptions: { after: { contentText } } };
}
