// Codicons by tool; whatever is not listed gets the general one.
const ICONS: Record<string, string> = {
  Agent: "hubot",
  Bash: "terminal",
  Edit: "edit",
  Glob: "search",
  Grep: "search",
  MultiEdit: "edit",
  NotebookEdit: "edit",
  Read: "book",
  Skill: "lightbulb",
  Task: "hubot",
  TodoWrite: "checklist",
  WebFetch: "globe",
  WebSearch: "globe",
  Write: "new-file",
};

/** The codicon of a tool, the same in the tree and in the replay. */
export function toolIcon(tool: string): string {
  return ICONS[tool] ?? (tool.startsWith("Task") ? "checklist" : "tools");
}
