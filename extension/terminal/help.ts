import { COMMON, OPTIONS, type OptionName, typed } from "./options.ts";
import type { Verb, Verbs } from "./verb.ts";

/** Where what a command does begins. */
const COLUMN = 30;

/** All commands, in the groups of the table. */
export function help(groups: Record<string, Verbs>): string {
  const parts = Object.entries(groups).map(([title, verbs]) => {
    const lines = Object.entries(verbs).map(([name, verb]) => row(called(name, verb), verb.does));
    return [title, ...lines].join("\n");
  });
  return `agent-trace: see what Claude Code did

${parts.join("\n\n")}

Options of all of them
${COMMON.map(optionRow).join("\n")}

agent-trace COMMAND --help tells the rest. ${CODES}`;
}

const CODES =
  "It ends with 0 when all is well, 1 when what was asked for\ncan't be done or is not there, 2 when it was not understood, 3 when Agent Trace itself is at fault.";

/** All of one command. */
export function helpOf(name: string, verb: Verb): string {
  const { does, more, options = [], examples } = verb;
  return [
    `agent-trace ${called(name, verb)}: ${does}`,
    ...(more ? ["", more] : []),
    ...(options.length > 0 ? ["", ...options.map(optionRow)] : []),
    ...["", ...COMMON.map(optionRow), "", "Examples:"],
    ...examples.map(example => `  ${example}`),
  ].join("\n");
}

function called(name: string, { takes }: Verb): string {
  return takes ? `${name} ${takes}` : name;
}

function optionRow(name: OptionName): string {
  return row(typed(name), OPTIONS[name].does);
}

/** Two columns, the second in lines of its own where the first is long. */
function row(first: string, second: string): string {
  const start = `  ${first}`;
  return start.length > COLUMN - 2
    ? `${start}\n${" ".repeat(COLUMN)}${second}`
    : start.padEnd(COLUMN) + second;
}
