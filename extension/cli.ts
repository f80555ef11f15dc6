#!/usr/bin/env node
import { parseArgs } from "node:util";
import { ExpectedError, reason } from "./base/expected-error.ts";
import { help } from "./terminal/help.ts";
import { index } from "./terminal/index.ts";
import { inspect } from "./terminal/inspect.ts";
import { list } from "./terminal/list.ts";
import { serve } from "./terminal/serve.ts";
import { openTerminal } from "./terminal/terminal.ts";

/** `agent-trace`: joins the owner of its data folder as a window does, and prints what it answers. */
const verbs = { index, inspect, list, serve };

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      "claude-dir": { type: "string", multiple: true },
      "data-dir": { type: "string" },
      help: { type: "boolean", short: "h" },
      json: { type: "boolean" },
      port: { type: "string" },
      "privacy-tier": { type: "string" },
    },
  });
  const verb = positionals[0];
  if (values.help || verb === undefined) {
    console.log(help);
    return verb === undefined && !values.help ? 2 : 0;
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
