import {
  type Disposable,
  FileDecoration,
  type FileDecorationProvider,
  ThemeColor,
  Uri,
  window,
} from "vscode";
import type { FileVersion } from "../questions.ts";
import { SCHEME } from "./virtual-files.ts";

const LETTERS = {
  created: { letter: "A", color: "gitDecoration.addedResourceForeground", words: "Added" },
  changed: { letter: "M", color: "gitDecoration.modifiedResourceForeground", words: "Changed" },
  deleted: { letter: "D", color: "gitDecoration.deletedResourceForeground", words: "Deleted" },
  renamed: { letter: "R", color: "gitDecoration.renamedResourceForeground", words: "Renamed" },
} satisfies Record<FileVersion["status"], { letter: string; color: string; words: string }>;

/** The address of a row in a list of changes, which says how the file was changed. */
export function letterUri({ path, status }: FileVersion): Uri {
  return Uri.file(path).with({ scheme: SCHEME, fragment: status });
}

/** The letters A, M, D and R, in the colours that Source Control has for them. */
export class Letters implements FileDecorationProvider {
  readonly #registered: Disposable = window.registerFileDecorationProvider(this);

  dispose(): void {
    this.#registered.dispose();
  }

  provideFileDecoration({ scheme, fragment }: Uri): FileDecoration | undefined {
    if (scheme !== SCHEME || !Object.hasOwn(LETTERS, fragment)) return undefined;
    const { letter, color, words } = LETTERS[fragment as FileVersion["status"]];
    return new FileDecoration(letter, words, new ThemeColor(color));
  }
}
