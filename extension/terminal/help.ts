import { COMMON, OPTIONS, type OptionName, typed } from "./options.ts";
import type { Verb, Verbs } from "./verb.ts";
import { wrapped } from "./width.ts";

/** Where what a command does begins. */
const COLUMN = 30;

/** All commands, in the groups of the table. */
export function help(groups: Record<string, Verbs>, width: number): string {
  const parts = Object.entries(groups).map(([title, verbs]) => {
    const lines = Object.entries(verbs).map(([name, verb]) => row(called(name, verb), verb.does, width));
    return [title, ...lines].join("\n");
  });
  return `agent-trace: see what Claude Code did

${parts.join("\n\n")}

Options of all of them
${optionRows(COMMON, width)}

${wrapped(REST, width)}`;
}

const REST = `agent-trace COMMAND --help tells the rest, and --version which one this is. It ends with 0 when all is
  well, 1 when what was asked for can't be done or is not there, 2 when it was not understood, 3 when Agent Trace
  itself is at fault.`;

/** All of one command. */
export function helpOf(name: string, verb: Verb, width: number): string {
  const { does, more, options = [], examples } = verb;
  return [
    wrapped(`agent-trace ${called(name, verb)}: ${does}`, width),
    ...(more?.split("\n\n").flatMap(part => ["", wrapped(part, width)]) ?? []),
    ...(options.length > 0 ? ["", optionRows(options, width)] : []),
    ...["", optionRows(COMMON, width), "", "Examples:"],
    ...examples.map(example => `  ${example}`),
  ].join("\n");
}

function called(name: string, { takes }: Verb): string {
  return takes ? `${name} ${takes}` : name;
}

function optionRows(names: OptionName[], width: number): string {
  return names.map(name => row(typed(name), OPTIONS[name].does, width)).join("\n");
}

/** Two columns, the second in lines of its own where the first is long. */
function row(first: string, second: string, width: number): string {
  const start = `  ${first}`;
  const does = wrapped(second, width - COLUMN, COLUMN);
  return start.length > COLUMN - 2 ? `${start}\n${" ".repeat(COLUMN)}${does}` : start.padEnd(COLUMN) + does;
}
