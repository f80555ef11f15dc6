import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { extname, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ExpectedError, errorCode, reason } from "../base/expected-error.ts";
import { count, size } from "../base/format.ts";
import { written } from "../export/format.ts";
import { FORMATS } from "../export/formats.ts";
import { send } from "../export/send.ts";
import { type Trace, Traces, type Words } from "../export/trace.ts";
import { endpointOf } from "./endpoint.ts";
import { Misuse, oneOf } from "./misuse.ts";
import { choices, type Options } from "./options.ts";
import { reading } from "./progress.ts";
import { sinceOf } from "./since.ts";
import type { Terminal } from "./terminal.ts";
import type { Verb } from "./verb.ts";
import { idOf, whichSession } from "./which.ts";

type FormatName = keyof typeof FORMATS;

/** Hands sessions on, without secrets in them. */
export const exportSessions: Verb = {
  takes: "[ID…]",
  does: "sessions as a file, as a page to share, or as spans of OpenTelemetry; secrets are taken out",
  more: `Without an ID it is the session last at work, or with --since and --project all that these name.
Secrets are taken out in every format. --words says how much of what was said goes along: in spans nothing, unless
you say so. With --endpoint spans are sent, as JSON over HTTP; sending the same twice doubles nothing.`,
  options: ["format", "out", "words", "since", "project", "endpoint", "header"],
  examples: [
    "agent-trace export 3f2a --out session.html",
    "agent-trace export --since 30d --format csv --out month.csv",
    "agent-trace export --since 7d --format ndjson --words none | jq -c 'select(.type == \"step\")'",
    "agent-trace export --endpoint https://api.honeycomb.io --header x-honeycomb-team=$KEY",
  ],
  async run(terminal, given) {
    const { options, owner, print } = terminal;
    const to = options.endpoint === undefined ? undefined : endpointOf(options.endpoint, options.header);
    const name = formatOf(options, to !== undefined);
    const format = FORMATS[name];
    const words = oneOf(choices("words"), options.words ?? format.words, "--words") as Words;
    await reading(terminal);
    const ids = await wanted(terminal, given);
    const traces = one(await Traces.open(owner, words), ids);
    if (to) {
      const { sessions, spans, rejected, why } = await send(traces, to);
      print(`${count(sessions, "session")} sent to ${to.url.origin}, as ${count(spans, "span")}.`);
      if (rejected > 0) throw new ExpectedError(`${count(rejected, "span")} were not wanted there: ${why}`);
      return;
    }
    const text = written(format, traces);
    if (options.out === undefined) await pipeline(Readable.from(text), process.stdout, { end: false });
    else print(`${count(ids.length, "session")} in ${options.out} (${size(await save(text, options.out))}).`);
  },
};

async function* one(traces: Traces, ids: string[]): AsyncGenerator<Trace> {
  for (const id of ids) yield traces.of(id);
}

async function wanted(terminal: Terminal, given: string[]): Promise<string[]> {
  const { owner, options } = terminal;
  const { since, project } = options;
  if (given.length > 0) {
    const sessions = await owner.sessions();
    return given.map(id => idOf(sessions, id));
  }
  if (since === undefined && project === undefined) return [await whichSession(terminal, undefined)];
  const found = await owner.sessions({
    ...(since !== undefined && { since: sinceOf(since, Date.now()) }),
    ...(project !== undefined && { project: resolve(project) }),
  });
  if (found.length === 0) throw new ExpectedError("There are no such sessions.");
  return found.map(({ id }) => id);
}

/** As said, else as the file's name ends. */
function formatOf({ format, out, json }: Options, sends: boolean): FormatName {
  const names = choices("format") as FormatName[];
  if (sends && format !== undefined && format !== "otlp")
    throw new Misuse(`--endpoint takes spans only; ${format} goes into a file with --out.`);
  if (sends) return "otlp";
  if (format !== undefined) return oneOf(names, format, "--format");
  const ending = out === undefined || json ? undefined : extname(out).slice(1);
  return names.find(name => name === ending) ?? "json";
}

/** Written beside it and moved, so that nobody finds a half; for its user alone, since people talk of their work. */
async function save(text: AsyncIterable<string>, out: string): Promise<number> {
  const part = `${out}.part`;
  try {
    const file = createWriteStream(part, { mode: 0o600 });
    await pipeline(Readable.from(text), file);
    await rename(part, out);
    return file.bytesWritten;
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof ExpectedError || errorCode(error) === undefined) throw error;
    throw new ExpectedError(`${out} can't be written: ${reason(error)}`);
  }
}
