import { extname, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ExpectedError, reason } from "../base/expected-error.ts";
import { count, size } from "../base/format.ts";
import type { Endpoint } from "../export/endpoint.ts";
import { written } from "../export/format.ts";
import { type FormatName, formatsIn } from "../export/formats.ts";
import { Outbox } from "../export/outbox.ts";
import { save } from "../export/save.ts";
import { send } from "../export/send.ts";
import { type Trace, Traces, type Words } from "../export/trace.ts";
import { endpointIn } from "./endpoint.ts";
import { Misuse, oneOf } from "./misuse.ts";
import { noneOf } from "./none.ts";
import { choices, type Options } from "./options.ts";
import { reading } from "./progress.ts";
import { sinceOf } from "./since.ts";
import type { Terminal } from "./terminal.ts";
import type { Verb } from "./verb.ts";
import { idOf, whichSession } from "./which.ts";

/** Hands sessions on, without secrets in them. */
export const exportSessions: Verb = {
  takes: "[ID…]",
  does: "sessions as a file, as a page to share, or as spans of OpenTelemetry; secrets are taken out",
  more: `Without an ID it is the session last at work, or with --since and --project all that these name.
Secrets are taken out in every format. --words says how much of what was said goes along: in spans nothing, unless
you say so.

With --endpoint or --preset spans are sent, by OTLP over HTTP. Their ids follow from the sessions', so that sending
the same twice doubles nothing; what could not be delivered is sent first the next time. A preset reads its key from
the environment: DD_API_KEY (and DD_SITE), HONEYCOMB_API_KEY, NEW_RELIC_LICENSE_KEY, SPLUNK_ACCESS_TOKEN and
SPLUNK_REALM, or OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_EXPORTER_OTLP_HEADERS as Grafana Cloud hands them out; jaeger,
and grafana without them, mean localhost:4318. --endpoint puts another address in its place, as that of Europe.`,
  options: ["format", "out", "words", "since", "project", "endpoint", "preset", "header", "protocol"],
  examples: [
    "agent-trace export 3f2a --out session.html",
    "agent-trace export --since 30d --format csv --out month.csv",
    "agent-trace export --since 7d --format ndjson --words none | jq -c 'select(.type == \"step\")'",
    "agent-trace export --since 7d --preset honeycomb --endpoint https://api.eu1.honeycomb.io",
    "agent-trace export --endpoint https://collector:4318 --header x-key=env:COLLECTOR_KEY",
  ],
  async run(terminal, given) {
    const { options, owner, print } = terminal;
    const to = endpointIn(options);
    const name = formatOf(options, to !== undefined);
    const format = formatsIn(__dirname)[name];
    const words = oneOf(choices("words"), options.words ?? format.words, "--words") as Words;
    await reading(terminal);
    const ids = await wanted(terminal, given);
    const traces = await Traces.open(owner, words);
    if (to) return sent(terminal, ids, traces, to, words);
    const text = written(format, one(traces, ids));
    if (options.out === undefined) await pipeline(Readable.from(text), process.stdout, { end: false });
    else print(`${count(ids.length, "session")} in ${options.out} (${size(await save(text, options.out))}).`);
  },
};

/** What waited from before goes first. */
async function sent(
  { owner, print }: Terminal,
  wanted: string[],
  traces: Traces,
  to: Endpoint,
  words: Words,
): Promise<void> {
  const outbox = new Outbox(owner.place.dataDir, to, words);
  const there = new Set((await owner.sessions()).map(({ id }) => id));
  const waiting = (await outbox.waiting()).filter(id => there.has(id));
  const { sessions, spans, rejected, why } = await send(
    [...new Set([...waiting, ...wanted])],
    traces,
    to,
    outbox,
  ).catch(async error => {
    const left = count((await outbox.waiting()).length, "session");
    throw new ExpectedError(`${reason(error)} ${left} will be sent first when you say this again.`);
  });
  print(`${count(sessions, "session")} sent to ${to.url.origin}, as ${count(spans, "span")}.`);
  if (rejected > 0)
    throw new ExpectedError(
      `${count(rejected, "span")} ${rejected === 1 ? "was" : "were"} not wanted there: ${why}`,
    );
}

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
  if (found.length === 0) throw new ExpectedError(await noneOf(terminal));
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
