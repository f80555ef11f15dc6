import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** So long Git may take, and so much it may answer. */
const LONGEST = { timeout: 10_000, maxBuffer: 256 * 1024 * 1024 };
/** Nothing that the repository's own settings name is run, nothing is fetched, nobody is asked: it may be anybody's. */
const QUIET = ["--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"];
const ALONE = {
  GIT_NO_LAZY_FETCH: "1",
  GIT_ALLOW_PROTOCOL: "none",
  GIT_TERMINAL_PROMPT: "0",
  GIT_NO_REPLACE_OBJECTS: "1",
  LC_ALL: "C",
};

/** The folder of the repository that a file is in. */
export function repositoryOf(path: string): string | undefined {
  let folder = dirname(path);
  while (!existsSync(join(folder, ".git"))) {
    const above = dirname(folder);
    if (above === folder) return undefined;
    folder = above;
  }
  return folder;
}

/** Asks Git about a repository, by commands that only read. What it can't answer is nothing. */
export class Git {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The commits that some names stand for, of those that there are. */
  async commits(...names: string[]): Promise<string[]> {
    return (await this.#ask(["rev-parse", "--revs-only", ...names])).toString().split("\n").filter(Boolean);
  }

  /** The address of whoever commits here. */
  async me(): Promise<string> {
    return (await this.#ask(["config", "user.email"])).toString().trim();
  }

  /** The last commits that changed a file, each with its parents. */
  async history(path: string, most: number): Promise<Map<string, string[]>> {
    // Unlike `log` it runs no program to check signatures, whatever is set; but it puts a header above each commit.
    const said = await this.#ask(["rev-list", `-n${most}`, "--format=%H %P", "HEAD", "--", path]);
    const rows = said
      .toString()
      .split("\n")
      .filter(row => row !== "" && !row.startsWith("commit "));
    return new Map(
      rows.map(row => row.trim().split(" ")).map(([commit = "", ...parents]) => [commit, parents]),
    );
  }

  /** The objects that hold the notes of commits. */
  async notes(ref: string): Promise<Map<string, string>> {
    const rows = (await this.#ask(["notes", `--ref=${ref}`, "list"])).toString().split("\n").filter(Boolean);
    return new Map(rows.map(row => row.split(" ")).map(([note = "", commit = ""]) => [commit, note]));
  }

  /** What some objects hold, such as `<commit>:<path>`; nothing of those that there are not. */
  async texts(objects: string[]): Promise<Map<string, string>> {
    const asked = objects.filter(object => !object.includes("\n"));
    const texts = new Map<string, string>();
    const said = asked.length === 0 ? Buffer.alloc(0) : await this.#ask(["cat-file", "--batch"], asked);
    let at = 0;
    for (const object of asked) {
      const end = said.indexOf("\n", at);
      if (end < 0) break;
      const [, kind, size] = / (\w+) (\d+)$/.exec(said.toString("utf8", at, end)) ?? [];
      at = end + 1;
      if (size === undefined) continue;
      if (kind === "blob") texts.set(object, said.toString("utf8", at, at + Number(size)));
      at += Number(size) + 1;
    }
    return texts;
  }

  #ask(words: string[], input: string[] = []): Promise<Buffer> {
    return new Promise(resolve => {
      const child = execFile(
        "git",
        [...QUIET, "-C", this.#folder, ...words],
        { ...LONGEST, encoding: "buffer", env: { ...process.env, ...ALONE } },
        (error, said) => resolve(error ? Buffer.alloc(0) : said),
      );
      child.stdin?.on("error", () => {});
      child.stdin?.end(input.map(line => `${line}\n`).join(""));
    });
  }
}
