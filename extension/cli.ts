#!/usr/bin/env node
import { parseArgs } from "node:util";
import { ExpectedError, reason } from "./base/expected-error.ts";
import { disconnect } from "./terminal/disconnect.ts";
import { help } from "./terminal/help.ts";
import { hook } from "./terminal/hook.ts";
import { index } from "./terminal/index.ts";
import { init } from "./terminal/init.ts";
import { inspect } from "./terminal/inspect.ts";
import { list } from "./terminal/list.ts";
import { serve } from "./terminal/serve.ts";
import { status } from "./terminal/status.ts";
import { openTerminal } from "./terminal/terminal.ts";

/** `agent-trace`: joins the owner of its data folder as a window does, and prints what it answers. */
const verbs = { index, inspect, list, serve };

/** What is done without an owner. */
const alone = { disconnect, hook, init, status };

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      "claude-dir": { type: "string", multiple: true },
      "data-dir": { type: "string" },
      "dry-run": { type: "boolean" },
      help: { type: "boolean", short: "h" },
      http: { type: "boolean" },
      json: { type: "boolean" },
      port: { type: "string" },
      "privacy-tier": { type: "string" },
      project: { type: "string" },
      yes: { type: "boolean", short: "y" },
    },
  });
  const verb = positionals[0];
  if (values.help || verb === undefined) {
    console.log(help);
    return verb === undefined && !values.help ? 2 : 0;
  }
  if (Object.hasOwn(alone, verb)) {
    await alone[verb as keyof typeof alone](values);
    return 0;
  }
  if (!Object.hasOwn(verbs, verb))
    throw new ExpectedError(`There is no command ${verb}. See agent-trace --help.`);
  const terminal = openTerminal(values);
  try {
    await verbs[verb as keyof typeof verbs](terminal, positionals.slice(1));
    return 0;
  } finally {
    await terminal.owner.close();
  }
}

main(process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    console.error(`agent-trace: ${reason(error)}`);
    process.exit(error instanceof ExpectedError ? 1 : 2);
  },
);
