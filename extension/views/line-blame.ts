import { type DecorationOptions, Range, type TextEditor, ThemeColor, window } from "vscode";
import { Lifetime } from "../base/lifetime.ts";
import { onAnyChange, type Setting } from "../base/setting.ts";
import type { Blame } from "../questions.ts";
import { inFull, inShort } from "./blame-text.ts";
import { type Blames, stepAt } from "./blames.ts";

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
    const blame: Blame = mode === "off" ? { spans: [], steps: [] } : await this.#blames.of(document);
    // Somebody typed meanwhile: what comes next is shown soon.
    if (document.version !== version) return;
    const current = editor === window.activeTextEditor ? this.#current(editor, blame) : [];
    const all = mode === "file" ? blame : { spans: [], steps: [] };
    // A decoration that is set again closes the hover that somebody reads.
    const shown = JSON.stringify([version, current, all]);
    if (this.#shown.get(editor) === shown) return;
    this.#shown.set(editor, shown);
    editor.setDecorations(this.#line, current);
    this.#colour(editor, all);
  }

  #current({ document, selection }: TextEditor, blame: Blame): DecorationOptions[] {
    const { line } = selection.active;
    const step = stepAt(blame, line);
    if (!step) return [];
    const { end } = document.lineAt(line).range;
    const now = Date.now();
    return [
      {
        range: new Range(end, end),
        hoverMessage: inFull(step, document.uri.fsPath, now),
        renderOptions: { after: { contentText: inShort(step, now) } },
      },
    ];
  }

  #colour(editor: TextEditor, { spans, steps }: Blame): void {
    const sessions = [...new Set(steps.map(step => step.sessionId))];
    const now = Date.now();
    for (const [i, bar] of this.#bars.entries()) {
      const mine = spans.filter(
        ({ step }) => sessions.indexOf(steps[step]?.sessionId ?? "") % COLOURS.length === i,
      );
      const ranges = mine.flatMap(({ start, count, step }) => {
        const written = steps[step];
        if (!written) return [];
        const range = new Range(start, 0, start + count - 1, 0);
        return [{ range, hoverMessage: inFull(written, editor.document.uri.fsPath, now) }];
      });
      editor.setDecorations(bar, ranges);
    }
  }
}
