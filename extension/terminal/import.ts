import { ExpectedError } from "../base/expected-error.ts";
import { count } from "../base/format.ts";
import type { Owner } from "../base/owner.ts";
import { linesIn } from "../export/imported.ts";
import type { ImportedLine } from "../imports.ts";
import { Misuse } from "./misuse.ts";
import { reading } from "./progress.ts";
import type { Verb } from "./verb.ts";

/** Takes in sessions that were exported, from another machine or another time. */
export const importSessions: Verb = {
  takes: "FILE…",
  does: "take in sessions that export wrote as json or ndjson, or traces of agent-strace",
  more: `They may be from another machine or another time, and have no transcripts, so that their words are kept in the store
as far as --privacy-tier lets it keep any: with the first tier their numbers alone. Sessions that are here already are
left as they are. They stay until you delete them, or with the setting agentTrace.keepDays until they are that old.`,
  examples: [
    "agent-trace import month.ndjson",
    "agent-trace import laptop.json --privacy-tier 3",
    "agent-trace import .agent-traces/*/events.ndjson",
  ],
  async run(terminal, files) {
    if (files.length === 0)
      throw new Misuse(
        "import wants a file that export wrote as json or ndjson, or a trace of agent-strace.",
      );
    const { owner, json, print } = terminal;
    await reading(terminal);
    const here = new Set((await owner.sessions()).map(({ id }) => id));
    const [taken, left] = [new Set<string>(), new Set<string>()];
    // A session counts once its own line is there: what is cut short is taken in anew. A fork follows its parent.
    const heads: ImportedLine[] = [];
    const rest = new Parcels(owner);
    for (const file of files)
      for await (const line of linesIn(file)) {
        const there = here.has(line.session);
        (there ? left : taken).add(line.session);
        if (there) continue;
        if (line.type === "session") heads.push(line);
        else await rest.add(line);
      }
    for (const head of heads.sort((a, b) => a.at - b.at)) await rest.add(head);
    await rest.end();
    if (json) return print(JSON.stringify({ imported: taken.size, left: left.size }, undefined, 2));
    if (taken.size + left.size === 0) throw new ExpectedError("There are no sessions in that.");
    const were = left.size > 0 ? ` ${count(left.size, "session")} were here already.` : "";
    print(`${count(taken.size, "session")} imported.${were}`);
  },
};

/** Less than the recorder takes at once, by far. */
const MOST_BYTES = 1024 * 1024;

/** Hands lines to the recorder, many at a time. */
class Parcels {
  readonly #owner: Owner;
  #lines: ImportedLine[] = [];
  #bytes = 0;

  constructor(owner: Owner) {
    this.#owner = owner;
  }

  async add(line: ImportedLine): Promise<void> {
    const bytes = Buffer.byteLength(JSON.stringify(line));
    if (this.#bytes + bytes > MOST_BYTES) await this.end();
    this.#lines.push(line);
    this.#bytes += bytes;
  }

  async end(): Promise<void> {
    if (this.#lines.length > 0) await this.#owner.takeIn(this.#lines);
    this.#lines = [];
    this.#bytes = 0;
  }
}
