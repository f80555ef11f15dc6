import { structuredPatch } from "diff";

/** One hunk as the client writes it. */
type Hunk = {
  oldStart: number;
  oldLines: number;
  newStart: number;
  newLines: number;
  lines: string[];
};

/** What git prints about a commit. */
type Commit = { files: number; added: number; removed: number; created: string[] };

/** Lines added and removed by hunks. */
export function countLines(hunks: Hunk[]): { added: number; removed: number } {
  const lines = hunks.flatMap(hunk => hunk.lines);
  const starting = (sign: string) => lines.filter(line => line.startsWith(sign)).length;
  return { added: starting("+"), removed: starting("-") };
}

/** The hunks which lead from one text to the other. */
export function hunksBetween(before: string, after: string): Hunk[] {
  const { hunks } = structuredPatch("a", "b", before, after, "", "", { context: 3 });
  return hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => ({
    oldStart,
    oldLines,
    newStart,
    newLines,
    lines: lines.filter(line => !line.startsWith("\\")),
  }));
}

/** A working copy in memory, shared by all sessions of a project in the order of time. */
export class Project {
  readonly cwd: string;
  /** Tokens of system prompt, tool descriptions, CLAUDE.md and MCP servers: what every request starts with. */
  readonly prefix: number;
  branch = "main";
  #files: Map<string, string>;
  #head: Map<string, string>;

  constructor(name: string, prefix: number, files: Record<string, string>) {
    this.cwd = `/home/sam/dev/${name}`;
    this.prefix = prefix;
    this.#files = new Map(Object.entries(files));
    this.#head = new Map(this.#files);
  }

  get slug(): string {
    return this.cwd.replace(/[^A-Za-z0-9]/g, "-");
  }

  path(file: string): string {
    return `${this.cwd}/${file}`;
  }

  has(file: string): boolean {
    return this.#files.has(file);
  }

  read(file: string): string {
    const text = this.#files.get(file);
    if (text === undefined) throw new Error(`${this.path(file)} does not exist`);
    return text;
  }

  write(file: string, text: string): void {
    this.#files.set(file, text);
  }

  /** Takes what changed since the last commit, in all files or only in some. */
  commit(only: string[]): Commit {
    const commit: Commit = { files: 0, added: 0, removed: 0, created: [] };
    for (const [file, text] of this.#files) {
      const before = this.#head.get(file);
      if (before === text || (only.length > 0 && !only.includes(file))) continue;
      const { added, removed } = countLines(hunksBetween(before ?? "", text));
      commit.files += 1;
      commit.added += added;
      commit.removed += removed;
      if (before === undefined) commit.created.push(file);
      this.#head.set(file, text);
    }
    return commit;
  }
}
