import { harmless, oneLine } from "../base/format.ts";
import { OUR_NAME } from "../base/other-author.ts";
import type { OtherAuthor } from "../questions.ts";
import { id, isObject, type Json, object, objects, parseObject, text } from "./json.ts";

/** What another program noted down: who wrote some lines of a file. */
export interface Claim {
  path: string;
  /** The first one is 1, and the last one is part of it. */
  start: number;
  end: number;
  by: OtherAuthor;
  revision: string;
  /** A hash of the lines, where it is of a kind that we can check. */
  hash: string | undefined;
  /** Whether the lines are those of the revision; some programs note the one before, others do not tell which. */
  of: "it" | "next" | "either";
}

const REVISION = /^[0-9a-f]{40}([0-9a-f]{24})?$/;
const VERSION = /^\d+\.\d+\.\d+$/;
const HASH = /^sha256:[0-9a-f]{64}$/;
const KINDS = new Set(["ai", "human", "mixed"]);
const LONGEST_NAME = 60;

/** What an attribution record in the open format of agent-trace.dev claims; nothing of what is none. */
export function claimsOf(json: string): Claim[] | undefined {
  const record = parseObject(json);
  if (!record || text(record.version) === undefined || !Array.isArray(record.files)) return undefined;
  const { tool, vcs } = { tool: object(record.tool), vcs: object(record.vcs) };
  const revision = text(vcs.revision) ?? "";
  // Our own records say nothing that we do not know.
  if (tool.name === OUR_NAME || vcs.type !== "git" || !REVISION.test(revision)) return [];
  const at = Date.parse(text(record.timestamp) ?? "");
  // The program that the format's authors show writes such a version, and before the commit.
  const of = VERSION.test(text(record.version) ?? "") ? "either" : "next";
  const by = { name: programName(text(tool.name) ?? ""), at: at || null };
  return objects(record.files).flatMap(file =>
    objects(file.conversations).flatMap(conversation =>
      objects(conversation.ranges).flatMap(range => {
        const author = authorOf(by, conversation, range);
        const [start, end] = [Number(range.start_line), Number(range.end_line)];
        const hash = HASH.test(text(range.content_hash) ?? "") ? text(range.content_hash) : undefined;
        // Of an event that is no edit, programs note the first line.
        const isNoise = end === 1 && hash === undefined;
        const path = id(file.path);
        if (!author || path === undefined || isNoise || !isRange(start, end)) return [];
        return [{ path, start, end, by: author, revision, hash, of } satisfies Claim];
      }),
    ),
  );
}

function authorOf(
  { name, at }: Pick<OtherAuthor, "name" | "at">,
  { url, contributor }: Json,
  range: Json,
): OtherAuthor | undefined {
  const { type, model_id } = isObject(range.contributor) ? range.contributor : object(contributor);
  const kind = text(type) ?? "";
  if (!KINDS.has(kind)) return undefined;
  const isPerson = kind === "human";
  return {
    kind: kind as OtherAuthor["kind"],
    name: isPerson ? "" : name,
    model: isPerson ? null : modelName(text(model_id)),
    ...{ url: webAddress(text(url)), at },
  };
}

export function isRange(start: number, end: number): boolean {
  return Number.isInteger(start) && Number.isInteger(end) && start >= 1 && end >= start;
}

/** `Claude Code` for `claude-code`. */
export function programName(name: string): string {
  const words = shown(name).split(/[-_ ]+/);
  return words.map(word => word.slice(0, 1).toUpperCase() + word.slice(1)).join(" ");
}

/** `gpt-5` for `openai/gpt-5`. */
export function modelName(model: string | undefined): string | null {
  return shown(model?.split("/").at(-1) ?? "") || null;
}

export function shown(name: string): string {
  return oneLine(harmless(name), LONGEST_NAME);
}

/** Only what a browser opens; a record may come from anywhere. */
export function webAddress(address: string | undefined): string | null {
  if (address === undefined || !URL.canParse(address)) return null;
  const { protocol, href, username } = new URL(address);
  return (protocol === "https:" || protocol === "http:") && username === "" ? href : null;
}
