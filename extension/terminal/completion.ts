import { Misuse, oneOf } from "./misuse.ts";
import { COMMON, choices, type OptionName } from "./options.ts";
import type { Verb, Verbs } from "./verb.ts";

const SHELLS = { bash, zsh, fish };

/** The command that lets a shell complete all of them. */
export function completionOf(verbs: () => Verbs): Verb {
  return {
    takes: "bash|zsh|fish",
    does: "a script by which a shell completes these commands",
    examples: [
      "source <(agent-trace completion bash)   # in ~/.bashrc, or zsh in ~/.zshrc after compinit",
      "agent-trace completion fish > ~/.config/fish/completions/agent-trace.fish",
    ],
    async run({ print }, [given]) {
      if (given === undefined) throw new Misuse("completion wants a shell: bash, zsh or fish.");
      const shell = oneOf(["bash", "zsh", "fish"], given, "completion");
      print(SHELLS[shell](verbs()));
    },
  };
}

function optionsOf(verb: Verb): OptionName[] {
  return [...(verb.options ?? []), ...COMMON];
}

/** What follows the words typed so far: a case for each command, and for each option that wants one of a few. */
function bash(verbs: Verbs): string {
  const cases = Object.entries(verbs).map(([name, verb]) => {
    const words = [...optionsOf(verb).map(option => `--${option}`), ...wordsOf(verb)];
    return `    ${name}) words="${words.join(" ")}" ;;`;
  });
  const values = valued(verbs).map(([option, words]) => `    --${option}) words="${words.join(" ")}" ;;`);
  return `_agent_trace() {
  local words="${Object.keys(verbs).join(" ")}"
  if [ "$COMP_CWORD" -gt 1 ]; then case "\${COMP_WORDS[1]}" in
${cases.join("\n")}
  esac; fi
  case "$3" in
${values.join("\n")}
    --*dir|--out|-o|--project) COMPREPLY=($(compgen -f -- "$2")); return ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$2"))
}
complete -o default -F _agent_trace agent-trace`;
}

/** Zsh knows what commands of bash say. */
function zsh(verbs: Verbs): string {
  return `autoload -U +X bashcompinit && bashcompinit\n${bash(verbs)}`;
}

function fish(verbs: Verbs): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "\\'")}'`;
  const first = "__fish_use_subcommand";
  const lines = Object.entries(verbs).flatMap(([name, verb]) => [
    `complete -c agent-trace -n ${first} -a ${name} -d ${quoted(verb.does)}`,
    ...optionsOf(verb).map(option => {
      const words = choices(option);
      const value = words.length > 0 ? ` -xa ${quoted(words.join(" "))}` : "";
      return `complete -c agent-trace -n '__fish_seen_subcommand_from ${name}' -l ${option}${value}`;
    }),
    ...wordsOf(verb).map(
      word => `complete -c agent-trace -n '__fish_seen_subcommand_from ${name}' -a ${word}`,
    ),
  ]);
  return lines.join("\n");
}

/** What a command takes, where that is one of a few words. */
function wordsOf({ takes = "" }: Verb): string[] {
  return /^[a-z|]+$/.test(takes) ? takes.split("|") : [];
}

function valued(verbs: Verbs): [OptionName, string[]][] {
  const names = new Set(Object.values(verbs).flatMap(optionsOf));
  return [...names]
    .map((name): [OptionName, string[]] => [name, choices(name)])
    .filter(([, words]) => words.length > 0);
}
