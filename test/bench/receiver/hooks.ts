const SESSIONS = 8;
const patch = Array.from(
  { length: 30 },
  (_, n) => `${n % 3 === 0 ? "+" : " "}const line${n} = compute(${n});`,
);

/** The nth hook of a long day: an edit begins, and an edit is done, in turn; about 2 kB, as real ones are. */
export function hookAt(n: number) {
  const call = Math.floor(n / 2);
  const session = `00000000-0000-4000-8000-00000000000${call % SESSIONS}`;
  const file_path = `/home/sam/dev/shop/src/file-${call % 500}.ts`;
  const common = {
    session_id: session,
    transcript_path: `/home/sam/.claude/projects/-home-sam-dev-shop/${session}.jsonl`,
    cwd: "/home/sam/dev/shop",
    prompt_id: `prompt-${session}`,
    permission_mode: "default",
    tool_name: "Edit",
    tool_input: { file_path, old_string: patch.join("\n"), new_string: patch.join("\n") },
    tool_use_id: `toolu_${String(call).padStart(24, "0")}`,
  };
  if (n % 2 === 0) return { ...common, hook_event_name: "PreToolUse" };
  const structuredPatch = [{ oldStart: 1, oldLines: 20, newStart: 1, newLines: 30, lines: patch }];
  const tool_response = { filePath: file_path, structuredPatch, userModified: false };
  return { ...common, hook_event_name: "PostToolUse", tool_response, duration_ms: 12 };
}

/** So many calls that many hooks are about. */
export function callsIn(hooks: number): number {
  return Math.ceil(hooks / 2);
}
