import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { createInterface } from "node:readline";
import { ExpectedError, fileReason } from "../base/expected-error.ts";
import { size } from "../base/format.ts";
import { isObject, type Json, object, objects } from "../clean/json.ts";
import type { ImportedLine } from "../imports.ts";
import { linesOf } from "./json.ts";
import { isStrace, linesOfStrace } from "./strace.ts";

/** A file of JSON has to be read whole; one of lines may be as long as it likes. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * The lines of a file that `export` wrote as JSON or as lines of it, or of a trace of agent-strace; whether they make
 * sense, the recorder finds out.
 */
export async function* linesIn(file: string): AsyncGenerator<ImportedLine> {
  // A request whose model has no price costs nothing in an export, and is not free.
  let unpriced: unknown = [];
  const trace: Json[] = [];
  try {
    for await (const line of rawLines(file)) {
      if (isStrace(line)) {
        trace.push(line);
        continue;
      }
      if (line.type === "session") unpriced = line.unpricedModels;
      const isFree = line.type === "request" && Array.isArray(unpriced) && unpriced.includes(line.model);
      // Steps before any prompt stand together under one that is none.
      if (line.type !== "prompt" || line.id !== "") yield taken(isFree ? { ...line, costUsd: null } : line);
    }
    // There a session has a folder of its own, which has its id.
    yield* linesOfStrace(trace, basename(dirname(resolve(file))));
  } catch (error) {
    if (error instanceof ExpectedError) throw error;
    throw new ExpectedError(
      `${file} can't be imported: ${fileReason(error)}. It takes what export writes as json or ndjson, and traces of agent-strace.`,
    );
  }
}

async function* rawLines(file: string): AsyncGenerator<Json> {
  let isFirst = true;
  const input = createReadStream(file);
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (text.trim() === "") continue;
    if (isFirst && text.trim().startsWith("[")) return yield* linesOfJson(file);
    isFirst = false;
    yield object(JSON.parse(text));
  }
}

async function* linesOfJson(file: string): AsyncGenerator<Json> {
  const { size: bytes } = await stat(file);
  if (bytes > MOST_BYTES)
    throw new ExpectedError(`${file} is too large to be read whole (${size(bytes)}). Export it as ndjson.`);
  for (const session of objects(JSON.parse(await readFile(file, "utf8")))) {
    const prompts = objects(session.prompts).map(prompt => ({ ...prompt, steps: objects(prompt.steps) }));
    yield* linesOf({ ...session, prompts, requests: objects(session.requests) } as never) as Json[];
  }
}

/** What is called otherwise there. */
const NAMES: Record<string, string> = { startedAt: "at", prompt: "promptId" };
const TIMES = new Set(["at", "startedAt", "endedAt", "statusSince"]);

/** A line without what is null and what follows from the rest, and with its times as numbers. */
function taken({ input, details, ...line }: Json): ImportedLine {
  return {
    ...object(plain(line)),
    ...(line.type === "session" && { session: line.id }),
    ...(input !== undefined && { input: JSON.stringify(input) }),
  } as unknown as ImportedLine;
}

function plain(value: unknown, name = ""): unknown {
  if (TIMES.has(name) && typeof value === "string") return Date.parse(value);
  if (Array.isArray(value)) return value.map(item => plain(item));
  if (!isObject(value)) return value;
  const known = Object.entries(value).filter(([, item]) => item !== null && item !== "");
  return Object.fromEntries(known.map(([name, item]) => [NAMES[name] ?? name, plain(item, name)]));
}
