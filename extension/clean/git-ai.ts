import type { OtherAuthor } from "../questions.ts";
import { type Claim, isRange, modelName, programName, shown, webAddress } from "./claims.ts";
import { object, parseObject, text } from "./json.ts";

/** A line such as `  s_c9883b05a2487d::t_9f8e7d6c5b4a32 1-10,15`. */
const ENTRY = /^ {2}(\S+) ([\d,-]+)$/;
const MOST_RANGES = 10_000;

/** What a note of git-ai claims of the lines of a commit: authors and their lines by file, then who the authors are; `me` is the address of whoever reads it. */
export function claimsOfNote(note: string, revision: string, me = ""): Claim[] | undefined {
  const [, entries = "", json = ""] = /^([\s\S]*?)^---$([\s\S]*)$/m.exec(note) ?? [];
  const known = parseObject(json);
  if (!known || !/^authorship\/3\./.test(text(known.schema_version) ?? "")) return undefined;
  const claims: Claim[] = [];
  let path = "";
  for (const line of entries.split("\n")) {
    const [, key, ranges] = ENTRY.exec(line) ?? [];
    if (key === undefined) path = line.replace(/^"(.*)"$/, "$1");
    const by = key === undefined ? undefined : authorOf(key, known, me);
    if (!by) continue;
    for (const range of (ranges ?? "").split(",", MOST_RANGES)) {
      const [first = "", last = first] = range.split("-");
      const [start, end] = [Number(first), Number(last)];
      if (isRange(start, end)) claims.push({ path, start, end, by, revision, hash: undefined, of: "it" });
    }
  }
  return claims;
}

/** Sessions, people and, in older notes, prompts each have keys of their own kind. */
function authorOf(
  key: string,
  { sessions, humans, prompts }: Record<string, unknown>,
  me: string,
): OtherAuthor | undefined {
  const nothing = { model: null, url: null, at: null };
  if (key.startsWith("h_")) {
    const author = text(object(object(humans)[key]).author);
    return author === undefined ? undefined : { kind: "human", name: personName(author, me), ...nothing };
  }
  const session = key.startsWith("s_") ? object(sessions)[key.split("::")[0] ?? ""] : object(prompts)[key];
  const { agent_id, messages_url } = object(session);
  const { tool, model } = object(agent_id);
  if (text(tool) === undefined) return undefined;
  const name = programName(text(tool) ?? "");
  return { kind: "ai", name, model: modelName(text(model)), url: webAddress(text(messages_url)), at: null };
}

/** `Ada` for `Ada <ada@example.com>`, but `You` for whoever reads it. */
function personName(author: string, me: string): string {
  return me !== "" && author.endsWith(`<${me}>`) ? "You" : shown(author.replace(/ *<.*/, ""));
}
