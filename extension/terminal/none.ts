import { count } from "../base/format.ts";
import type { OptionName } from "./options.ts";
import type { Terminal } from "./terminal.ts";

/** Why there is no session to show: nobody has any, or those that there are lie outside of what was asked for. */
export async function noneOf({ owner, options }: Terminal): Promise<string> {
  const { sessions } = await owner.totals();
  if (sessions > 0) return `No session matches. There ${there(sessions)} without ${listed(options)}.`;
  const { folders } = await owner.state();
  const where = folders.map(({ path }) => path).join(" or ");
  return `There are no sessions of Claude Code in ${where}. Another folder is read with --claude-dir.`;
}

function there(sessions: number): string {
  return `${sessions === 1 ? "is" : "are"} ${count(sessions, "session")}`;
}

/** What narrows which sessions are wanted. */
const NARROWING: OptionName[] = ["since", "project"];

function listed(options: Terminal["options"]): string {
  const given = NARROWING.filter(name => options[name] !== undefined);
  return given.map(name => `--${name}`).join(" and ");
}
