import { type Disposable, type TextDocumentContentProvider, Uri, workspace } from "vscode";
import type { Owner } from "../base/owner.ts";
import type { Changes, FileVersion, Hunk } from "../questions.ts";
import { type Target, wantedOf } from "./target.ts";

export const SCHEME = "agent-trace";

type Side = "before" | "after";

/** Which side of which change a virtual file shows; it stands in its address, so that it comes back after a reload. */
interface Shown extends Target {
  side: Side;
}

/** So many answers are kept: the two sides of a diff ask for the same. */
const CACHED = 20;

/** Files as they were before and after what an agent did, which can be read and not written. */
export class VirtualFiles implements TextDocumentContentProvider {
  readonly #owner: Owner;
  readonly #registered: Disposable;
  readonly #answers = new Map<string, Promise<Changes>>();

  constructor(owner: Owner) {
    this.#owner = owner;
    this.#registered = workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  dispose(): void {
    this.#registered.dispose();
  }

  /** What some of a session changed, asked anew: it may still be at it. */
  changes(target: Target): Promise<Changes> {
    const { session } = target;
    const answer = this.#owner.changes(session, wantedOf(target));
    const place = JSON.stringify([session, wantedOf(target)]);
    this.#answers.delete(place);
    this.#answers.set(place, answer);
    const [[oldest] = []] = this.#answers;
    if (this.#answers.size > CACHED && oldest !== undefined) this.#answers.delete(oldest);
    // Whoever asks while there is no recorder asks again.
    answer.catch(() => this.#answers.get(place) === answer && this.#answers.delete(place));
    return answer;
  }

  /** The address of a side of a file; it ends in the file's own name, so that it has its language. */
  uri(target: Target, file: FileVersion, side: Side): Uri {
    const shown: Shown = { session: target.session, ...wantedOf(target), side };
    return Uri.file(named(file)).with({ scheme: SCHEME, query: JSON.stringify(shown) });
  }

  async provideTextDocumentContent(uri: Uri): Promise<string> {
    const shown = JSON.parse(uri.query) as Shown;
    const known = this.#answers.get(JSON.stringify([shown.session, wantedOf(shown)]));
    const { files } = await (known ?? this.changes(shown));
    const file = files.find(file => Uri.file(named(file)).path === uri.path);
    if (!file) return "";
    return file.kind === "exact" ? (file[shown.side] ?? "") : textOf(file.hunks, shown.side);
  }
}

/** A notebook is shown as the text it is: VS Code's own view of it would want to run and save it. */
function named({ path }: FileVersion): string {
  return path.endsWith(".ipynb") ? `${path}.json` : path;
}

/** Hunks as a text, of which nobody should think that it is the file. */
function textOf(hunks: Hunk[], side: Side): string {
  const other = side === "before" ? "+" : "-";
  return hunks
    .map(({ oldStart, newStart, lines }) => {
      const start = side === "before" ? oldStart : newStart;
      const own = lines.filter(line => !line.startsWith(other) && !line.startsWith("\\"));
      const head = start > 0 ? `⋯ from line ${start}` : "⋯ somewhere in the file";
      return [head, ...own.map(line => line.slice(1)), ""].join("\n");
    })
    .join("\n");
}
