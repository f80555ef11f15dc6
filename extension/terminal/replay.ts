import { setTimeout as delay } from "node:timers/promises";
import { ExpectedError } from "../base/expected-error.ts";
import { headOf } from "./head.ts";
import { asJson } from "./json.ts";
import { Misuse, positive } from "./misuse.ts";
import { MomentLines } from "./moment-line.ts";
import { filtered, type Moment, momentsOf } from "./moments.ts";
import { reading } from "./progress.ts";
import type { Terminal } from "./terminal.ts";
import type { Verb } from "./verb.ts";
import { whichSession } from "./which.ts";

/** Nobody wants to wait longer for what comes next. */
const LONGEST_WAIT = 2000;
/** Looked at again when no hint came, as status changes with time alone. */
const LOOK = 5000;

export const replay: Verb = {
  takes: "[ID]",
  does: "a session as a timeline: prompts, tools, answers, errors",
  more: "Without an ID it is the session last at work. The numbers are those that diff ID:STEP takes.",
  options: ["filter", "live", "speed", "follow"],
  examples: [
    "agent-trace replay",
    "agent-trace replay 3f2a --filter error,edit",
    "agent-trace replay 3f2a --live --speed 30",
    "agent-trace replay --follow --filter Bash",
  ],
  paged: true,
  async run(terminal, [given]) {
    const { live, follow } = terminal.options;
    if (live && follow) throw new Misuse("Either --live, of what was, or --follow, of what is to come.");
    await reading(terminal);
    const id = await whichSession(terminal, given);
    if (live || follow) terminal.unpaged();
    if (live) return unfold(terminal, id);
    if (follow) return goOn(terminal, id);
    await whole(terminal, id);
  },
};

async function whole(terminal: Terminal, id: string): Promise<void> {
  const { owner, json, print, options, paint, width } = terminal;
  const session = await owner.session(id);
  const all = momentsOf(session);
  const some = filtered(all, options.filter);
  if (json) return print(asJson(some));
  for (const line of headOf(session, width, paint)) print(line);
  const lines = new MomentLines(some, width, paint);
  for (const moment of some) print(lines.of(moment));
  if (all.length > 0 && some.length === 0) throw new ExpectedError(nothingOf(all, options.filter ?? ""));
}

function nothingOf(all: Moment[], filter: string): string {
  const names = all.flatMap(moment => (moment.kind === "tool" && moment.name) || []);
  return `Nothing in this session is ${filter}. Its tools: ${[...new Set(names)].join(", ")}.`;
}

/** As it was, with the waits of then, only shorter. */
async function unfold(terminal: Terminal, id: string): Promise<void> {
  const { owner, options, paint, width } = terminal;
  const speed = positive(options.speed ?? "10", "--speed");
  const session = await owner.session(id);
  const some = filtered(momentsOf(session), options.filter);
  const say = sayer(terminal, some);
  if (!terminal.json) for (const line of headOf(session, width, paint)) terminal.print(line);
  for (const [i, moment] of some.entries()) {
    const before = some[i - 1]?.startedAt ?? moment.startedAt;
    await delay(Math.min(LONGEST_WAIT, Math.max(0, moment.startedAt - before) / speed));
    say(moment);
  }
}

/** What was, then all that comes, each once it is over. */
async function goOn(terminal: Terminal, id: string): Promise<void> {
  const { owner, options, paint, width } = terminal;
  const said = new Set<string>();
  let say: ((moment: Moment) => void) | undefined;
  for (;;) {
    const changed = nextHint(terminal, id);
    const session = await owner.session(id);
    const some = filtered(momentsOf(session), options.filter);
    if (!say && !terminal.json) for (const line of headOf(session, width, paint)) terminal.print(line);
    say ??= sayer(terminal, some);
    for (const moment of some) {
      if (said.has(moment.id) || (moment.kind !== "prompt" && moment.status === "running")) continue;
      said.add(moment.id);
      say(moment);
    }
    if (!ALIVE.has(session.status)) return;
    await changed;
  }
}

const ALIVE = new Set(["running", "asking", "waiting", "idle"]);

function nextHint({ owner }: Terminal, id: string): Promise<void> {
  return new Promise(resolve => {
    const off = owner.hints.on(hint => {
      if (hint.kind === "state" || (hint.kind === "session" && hint.session === id)) done();
    });
    const timer = setTimeout(done, LOOK);
    function done() {
      clearTimeout(timer);
      off.close();
      resolve();
    }
  });
}

/** Says one moment after the other: as JSON each in a line. */
function sayer({ json, print, width, paint }: Terminal, moments: Moment[]): (moment: Moment) => void {
  if (json) return moment => print(JSON.stringify(JSON.parse(asJson(moment))));
  const lines = new MomentLines(moments, width, paint);
  return moment => print(lines.of(moment));
}
