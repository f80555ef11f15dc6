import { closeSync, fstatSync, openSync, readSync, realpathSync } from "node:fs";
import { sep } from "node:path";
import { ExpectedError } from "../base/expected-error.ts";
import { type Json, object, objects, text } from "../clean/json.ts";
import { blocksOf, promptText, textIn } from "../clean/prompts.ts";
import type { Engine } from "../db/engine.ts";
import type { StepContent } from "../protocol.ts";
import { saidIn } from "./label.ts";
import { picturesIn } from "./pictures.ts";
import { Words } from "./words.ts";

/** No more of a text is handed on. */
const MOST = 1024 * 1024;
/** So many steps' words are kept at hand: a view that scrolls asks for the same ones again. */
const CACHED = 50;

interface Row {
  kind: string;
  path: string | null;
  offset: number | null;
  length: number | null;
  result_path: string | null;
  result_offset: number | null;
  result_length: number | null;
}

const STEP = `select x.kind, f.path, x.offset, x.length, g.path as result_path, x.result_offset, x.result_length
  from step x left join source f on f.id = x.source left join source g on g.id = x.result_source
  where x.id = ?1 and x.session = (select key from session where id = ?2)
  union all select 'prompt', f.path, x.offset, x.length, null, null, null
  from prompt x left join source f on f.id = x.source
  where x.id = ?1 and x.session = (select key from session where id = ?2)`;

/** What was said and done in a step, or asked in a prompt, read where it stands. */
export class Contents {
  readonly #db: Engine;
  readonly #cache = new Map<string, StepContent>();

  constructor(db: Engine) {
    this.#db = db;
  }

  of(session: string, step: string): StepContent {
    const row = this.#db.get<Row>(STEP, [step, session]);
    if (!row)
      throw new ExpectedError("This step is not known. It may have been deleted; refresh the session.");
    // A line at a place never changes; one that got a result has another place.
    const place = JSON.stringify([step, row]);
    const content = this.#cache.get(place) ?? this.#read(step, row);
    this.#cache.delete(place);
    // A transcript that is away now may come back; and pictures are too large to be kept.
    if (content.from === "transcript" && !content.pictures) this.#cache.set(place, content);
    const [[oldest] = []] = this.#cache;
    if (this.#cache.size > CACHED && oldest !== undefined) this.#cache.delete(oldest);
    return content;
  }

  #read(step: string, row: Row): StepContent {
    using words = new Words(this.#db);
    const line = words.wholeLine(row);
    const result = words.wholeLine({
      path: row.result_path,
      offset: row.result_offset,
      length: row.result_length,
    });
    const said = {
      ...(line && inLine(line, step)),
      ...(result && inResult(result, step, row.result_path ?? "")),
    };
    const shown = picturesIn(row.kind === "prompt" ? blocksOf(line ?? {}) : resultIn(result, step));
    if (Object.keys(said).length > 0) return withPictures(bounded(said, "transcript"), shown);
    const kept = (of: string) => words.kept(of, step);
    const stored = {
      input: kept("input"),
      result: kept("result"),
      text: row.kind === "tool" ? undefined : kept(row.kind),
    };
    const found = Object.fromEntries(Object.entries(stored).filter(([, text]) => text !== undefined));
    return bounded(found, Object.keys(found).length > 0 ? "store" : "nowhere");
  }
}

type Said = Partial<Record<"input" | "result" | "details" | "text", string>>;

function inLine(line: Json, step: string): Said {
  const blocks = blocksOf(line);
  const call = blocks.find(block => block.id === step);
  if (call) return { input: JSON.stringify(call.input ?? {}) };
  const told = saidIn(line, step) ?? promptText(line);
  return told === undefined ? {} : { text: told };
}

/** The blocks that a tool answered with. */
function resultIn(line: Json | undefined, step: string): Json[] {
  return objects(blocksOf(line ?? {}).find(block => block.tool_use_id === step)?.content);
}

function withPictures(content: StepContent, { pictures, cut }: ReturnType<typeof picturesIn>): StepContent {
  return { ...content, ...(pictures.length > 0 && { pictures }), cut: content.cut || cut };
}

function inResult(line: Json, step: string, transcript: string): Said {
  const block = blocksOf(line).find(block => block.tool_use_id === step);
  if (!block) return {};
  const told = typeof block.content === "string" ? block.content : textIn(objects(block.content));
  const saved = text(object(line.toolUseResult).persistedOutputPath);
  const result = (saved !== undefined && savedOutput(saved, transcript)) || told;
  return { result, ...(line.toolUseResult !== undefined && { details: JSON.stringify(line.toolUseResult) }) };
}

/** A long output lies in a file of its own, beside the transcript; nowhere else is looked. */
function savedOutput(path: string, transcript: string): string | undefined {
  const folder = transcript.replace(/([\\/]subagents[\\/][^\\/]+)?\.jsonl$/, "");
  const name = path.split(/[\\/]/).at(-1) ?? "";
  try {
    const file = realpathSync(`${folder}${sep}tool-results${sep}${name}`);
    if (!file.startsWith(realpathSync(folder) + sep)) return undefined;
    const fd = openSync(file, "r");
    try {
      // A letter takes three bytes at most, and the last one may be cut through.
      const bytes = Buffer.alloc(Math.min(3 * (MOST + 1), fstatSync(fd).size));
      const read = readSync(fd, bytes, 0, bytes.length, 0);
      return new TextDecoder().decode(bytes.subarray(0, read), { stream: true });
    } finally {
      closeSync(fd);
    }
  } catch {
    return undefined;
  }
}

function bounded(said: Said, from: StepContent["from"]): StepContent {
  const cut = Object.values(said).some(text => text.length > MOST);
  const short = Object.fromEntries(Object.entries(said).map(([of, text]) => [of, text.slice(0, MOST)]));
  return { ...short, from, cut };
}
