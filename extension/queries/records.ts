import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { reason } from "../base/expected-error.ts";
import { type Claim, claimsOf } from "../clean/claims.ts";

/** Where programs put their attribution records, in a repository or in a folder of it. */
const FOLDER = ".agent-trace";
const MOST_BYTES = 64 * 1024 * 1024;

/** A file of records, as it was when it was last read. */
interface Known {
  mark: string;
  claims: Claim[];
}

/** The attribution records of other programs, each file read anew when it changed. */
export class Records {
  readonly #known = new Map<string, Known>();
  readonly #unreadable = new Map<string, string>();
  readonly #tell: (why: string | undefined) => void;

  /** `tell` hears of the files that can't be read, until they can. */
  constructor(tell: (why: string | undefined) => void) {
    this.#tell = tell;
  }

  /** What is claimed of a file by records beside it or above, up to a folder; the mark changes with them. */
  of(path: string, last: string): { mark: string; claims: Claim[] } {
    const known: Known[] = [];
    for (let folder = dirname(path); ; folder = dirname(folder)) {
      const isMeant = (claim: Claim) => [folder, last].some(home => join(home, claim.path) === path);
      for (const file of filesIn(join(folder, FOLDER))) {
        const { mark, claims } = this.#read(file);
        known.push({ mark, claims: claims.filter(isMeant) });
      }
      if (folder === last || folder === dirname(folder)) break;
    }
    return { mark: known.map(({ mark }) => mark).join("\n"), claims: known.flatMap(({ claims }) => claims) };
  }

  #read(file: string): Known {
    const { size, mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { size: 0, mtimeMs: 0 };
    const mark = `${file} ${size} ${mtimeMs}`;
    const before = this.#known.get(file);
    if (before?.mark === mark) return before;
    const known = { mark, claims: size > MOST_BYTES ? [] : this.#claimsIn(file) };
    this.#known.set(file, known);
    return known;
  }

  #claimsIn(file: string): Claim[] {
    try {
      const text = readFileSync(file, "utf8");
      const records =
        extname(file) === ".json" ? [text] : text.split("\n").filter(line => line.trim() !== "");
      const claims = records.map(claimsOf);
      const bad = claims.filter(some => some === undefined).length;
      this.#note(file, bad > 0 ? `${bad} of ${records.length} are no attribution records` : undefined);
      return claims.flatMap(some => some ?? []);
    } catch (error) {
      this.#note(file, reason(error));
      return [];
    }
  }

  #note(file: string, why: string | undefined): void {
    if (why === undefined) this.#unreadable.delete(file);
    else this.#unreadable.set(file, why);
    const all = [...this.#unreadable].map(([file, why]) => `${file}: ${why}.`);
    this.#tell(all.join(" ") || undefined);
  }
}

function filesIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter(name => [".json", ".jsonl"].includes(extname(name)));
    return names.sort().map(name => join(folder, name));
  } catch {
    return []; // most folders have none
  }
}
