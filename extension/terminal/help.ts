export const help = `agent-trace: see what Claude Code did

  agent-trace list               the sessions, newest first
  agent-trace serve              record without an editor, until Ctrl+C

  --json                         the answer as JSON
  --claude-dir DIR               the folder of Claude Code to read instead of yours; can be repeated
  --data-dir DIR                 where Agent Trace keeps its data (default: $AGENT_TRACE_DATA_DIR,
                                 else ~/.local/share/agent-trace)
  --port N                       the port on 127.0.0.1 (default: 8317, else the next free one)

Examples:
  agent-trace list --json | jq '.[0]'
  agent-trace serve --claude-dir /mnt/backup/.claude`;
