import {
  CodeLens,
  type CodeLensProvider,
  type DocumentSymbol,
  EventEmitter,
  languages,
  Range,
  SymbolKind,
  type TextDocument,
  commands as vscode,
} from "vscode";
import { brief, count, money } from "../base/format.ts";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";
import { onAnyChange, type Setting } from "../base/setting.ts";
import { views } from "../manifest.ts";
import type { BlamedStep } from "../questions.ts";
import type { Blames } from "./blames.ts";

/** Above what stands who wrote it. */
export type LensMode = "off" | "file" | "functions";

const FUNCTIONS = new Set([SymbolKind.Class, SymbolKind.Constructor, SymbolKind.Function, SymbolKind.Method]);

/** Above a file, and above its functions: how many sessions and edits made it, and what that cost. */
export class Lenses implements CodeLensProvider {
  readonly #life = new Lifetime();
  readonly #owner: Owner;
  readonly #blames: Blames;
  readonly #mode: Setting<LensMode>;
  readonly #changed = this.#life.add(new EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(owner: Owner, blames: Blames, mode: Setting<LensMode>) {
    this.#owner = owner;
    this.#blames = blames;
    this.#mode = mode;
    this.#life.add(languages.registerCodeLensProvider({ scheme: "file" }, this));
    this.#life.add(blames.changed.on(() => this.#changed.fire()));
    this.#life.add(onAnyChange([mode], () => this.#changed.fire()));
  }

  async provideCodeLenses(document: TextDocument): Promise<CodeLens[]> {
    const mode = this.#mode.value;
    if (mode === "off" || this.#owner.status.kind !== "joined") return [];
    const all = await this.#owner.fileHistory(document.uri.fsPath);
    const whole = lens(new Range(0, 0, 0, 0), all);
    return mode === "file" || all.length === 0 ? whole : [...whole, ...(await this.#functions(document))];
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  async #functions(document: TextDocument): Promise<CodeLens[]> {
    const { spans, steps } = await this.#blames.of(document);
    const found = await vscode.executeCommand<DocumentSymbol[] | undefined>(
      "vscode.executeDocumentSymbolProvider",
      document.uri,
    );
    return functionsIn(found ?? []).flatMap(({ range }) => {
      const inside = spans.filter(
        ({ start, count }) => start <= range.end.line && start + count > range.start.line,
      );
      return lens(
        range,
        [...new Set(inside.map(({ step }) => step))].flatMap(step => steps[step] ?? []),
      );
    });
  }
}

function functionsIn(symbols: DocumentSymbol[]): DocumentSymbol[] {
  return symbols.flatMap(symbol => [
    ...(FUNCTIONS.has(symbol.kind) ? [symbol] : []),
    ...functionsIn(symbol.children ?? []),
  ]);
}

function lens(range: Range, steps: BlamedStep[]): CodeLens[] {
  if (steps.length === 0) return [];
  const sessions = new Set(steps.map(step => step.sessionId)).size;
  const cost = steps.reduce((sum, step) => sum + step.costUsd, 0);
  const title = brief(count(sessions, "session"), count(steps.length, "edit"), cost > 0 && money(cost));
  return [new CodeLens(range, { title, command: `${views.thisFile}.focus` })];
}
