#!/usr/bin/env node
import { parseArgs } from "node:util";
import { ExpectedError, reason } from "./base/expected-error.ts";
import { alerts } from "./terminal/alerts.ts";
import { blame } from "./terminal/blame.ts";
import { completionOf } from "./terminal/completion.ts";
import { cost } from "./terminal/cost.ts";
import { diff } from "./terminal/diff.ts";
import { disconnect } from "./terminal/disconnect.ts";
import { doctor } from "./terminal/doctor.ts";
import { exportSessions } from "./terminal/export.ts";
import { help, helpOf } from "./terminal/help.ts";
import { hook } from "./terminal/hook.ts";
import { importSessions } from "./terminal/import.ts";
import { index } from "./terminal/index.ts";
import { init } from "./terminal/init.ts";
import { inspect } from "./terminal/inspect.ts";
import { list } from "./terminal/list.ts";
import { Misuse } from "./terminal/misuse.ts";
import { near } from "./terminal/near.ts";
import { COMMON, OPTIONS, type OptionName, type Options, some } from "./terminal/options.ts";
import { record } from "./terminal/record.ts";
import { recordHttp } from "./terminal/record-http.ts";
import { replay } from "./terminal/replay.ts";
import { search } from "./terminal/search.ts";
import { serve } from "./terminal/serve.ts";
import { stats } from "./terminal/stats.ts";
import { status } from "./terminal/status.ts";
import { Terminal } from "./terminal/terminal.ts";
import type { Verb, Verbs } from "./terminal/verb.ts";
import { versionOf } from "./terminal/version.ts";
import { columnsOf } from "./terminal/width.ts";

/** `agent-trace`: joins the owner of its data folder as a window does, and prints what it answers. */
const groups = {
  "What happened": { list, replay, inspect, search },
  "What it came to": { stats, cost, alerts },
  "Where the code is": { diff, blame },
  "Out to others": { export: exportSessions, import: importSessions },
  "To record more than Claude Code writes down": { init, disconnect, status, serve, hook },
  "To record servers of MCP": { record, "record-http": recordHttp },
  "And else": { index, doctor, completion: completionOf(() => verbs) },
} satisfies Record<string, Verbs>;

const verbs: Verbs = Object.assign({}, ...Object.values(groups));

async function main(args: string[]): Promise<number> {
  const typed = parse(args, Object.keys(OPTIONS) as OptionName[]);
  const wantsHelp = typed.positionals[0] === "help" || typed.values.help;
  const [name, ...words] = typed.positionals.slice(typed.positionals[0] === "help" ? 1 : 0);
  const width = columnsOf(process.stdout, process.env);
  if (name === undefined) {
    console.log(typed.values.version ? `agent-trace ${await versionOf()}` : help(groups, width));
    return wantsHelp || typed.values.version ? 0 : 2;
  }
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (!verb) throw new Misuse(`There is no command ${name}.${meant(name)} See agent-trace --help.`);
  if (wantsHelp) {
    console.log(helpOf(name, verb, width));
    return 0;
  }
  const { values } = parse(args, [...COMMON, ...(verb.options ?? [])], name);
  const extra = words[mostOf(verb)];
  if (extra !== undefined)
    throw new Misuse(`${name} does not take ${extra}. See agent-trace ${name} --help.`);
  const terminal = new Terminal(values, verb.paged ?? false);
  try {
    await verb.run(terminal, words);
    return Number(process.exitCode ?? 0);
  } finally {
    await terminal.close();
  }
}

/** So many words it takes beside its options; a hook never fails, which would stop Claude Code. */
function mostOf(verb: Verb): number {
  const { takes = "" } = verb;
  if (takes.includes("…") || verb === hook) return Number.POSITIVE_INFINITY;
  return takes === "" ? 0 : 1;
}

function meant(name: string): string {
  const [found] = near(name, Object.keys(verbs));
  return found === undefined ? "" : ` Did you mean ${found}?`;
}

/** Strictly by the options of a command, once it is known which. */
function parse(
  args: string[],
  names: OptionName[],
  verb?: string,
): { values: Options; positionals: string[] } {
  try {
    return parseArgs({ args, strict: verb !== undefined, allowPositionals: true, options: some(names) });
  } catch (error) {
    const [what = ""] = reason(error).split(". ");
    throw new Misuse(`${what.replace(/\.?$/, ".")} See agent-trace ${verb} --help.`);
  }
}

/** Also told by --help. */
function codeOf(error: unknown): number {
  if (error instanceof Misuse) return 2;
  return error instanceof ExpectedError ? 1 : 3;
}

// By this an editor's terminal has the editor itself run us; what we run in turn, an editor perhaps, is not to be Node.
delete process.env.ELECTRON_RUN_AS_NODE;

main(process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    console.error(`agent-trace: ${reason(error)}`);
    process.exit(codeOf(error));
  },
);
