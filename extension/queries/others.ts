import { relative, sep } from "node:path";
import { linesOf } from "../clean/patch.ts";
import type { BlameWanted } from "../questions.ts";
import { NOBODY, Written } from "./blame.ts";
import { Git, repositoryOf } from "./git.ts";
import { type Noted, noted } from "./noted.ts";
import { Records } from "./records.ts";

/** The notes of git-ai. */
const NOTES = "refs/notes/ai";
/** So many files are kept at hand. */
const CACHED = 20;
/** So long Git is not asked again whether there is a new commit. */
const FRESH = 2000;

/** Who else wrote which lines of a text. */
export type OtherLines = Omit<Noted, "lines">;

const NOTHING: OtherLines = { owners: new Int32Array(), others: [] };

interface Known {
  mark: string;
  noted: Promise<Noted>;
}

/** Who wrote lines of a file as other programs noted it down, in records or in Git's notes. */
export class Others {
  readonly #records: Records;
  readonly #heads = new Map<string, { until: number; commits: Promise<string[]> }>();
  readonly #known = new Map<string, Known>();

  constructor(tell: (why: string | undefined) => void) {
    this.#records = new Records(tell);
  }

  async of({ path, text }: BlameWanted): Promise<OtherLines> {
    const root = repositoryOf(path);
    if (root === undefined) return NOTHING;
    const { mark, claims } = this.#records.of(path, root);
    const [head, notes] = await this.#headsOf(root);
    if (head === undefined || (claims.length === 0 && notes === undefined)) return NOTHING;
    const name = relative(root, path).split(sep).join("/");
    const read = () => noted(new Git(root), name, { head, claims, notes: notes === undefined ? "" : NOTES });
    const { lines, owners, others } = await this.#knownOf(path, [head, notes, mark].join("\n"), read);
    if (others.length === 0) return NOTHING;
    const now = new Written(lines, owners);
    now.next(linesOf(text), NOBODY);
    return { owners: now.owners, others };
  }

  #headsOf(root: string): Promise<string[]> {
    const known = this.#heads.get(root);
    if (known && known.until > Date.now()) return known.commits;
    const commits = new Git(root).commits("HEAD", NOTES);
    this.#heads.set(root, { until: Date.now() + FRESH, commits });
    return commits;
  }

  #knownOf(path: string, mark: string, read: () => Promise<Noted>): Promise<Noted> {
    const before = this.#known.get(path);
    const known = before?.mark === mark ? before : { mark, noted: read() };
    this.#known.delete(path);
    this.#known.set(path, known);
    const [[oldest] = []] = this.#known;
    if (this.#known.size > CACHED && oldest !== undefined) this.#known.delete(oldest);
    return known.noted;
  }
}
