export const help = `agent-trace: see what Claude Code did

  agent-trace index              read everything once, and say what it came to
  agent-trace list               the sessions, newest first, with what they cost
  agent-trace inspect ID         one session whole; the beginning of its id is enough
  agent-trace serve              record without an editor, until Ctrl+C

  --json                         the answer as JSON
  --claude-dir DIR               the folder of Claude Code to read instead of yours; can be repeated
  --data-dir DIR                 where Agent Trace keeps its data (default: $AGENT_TRACE_DATA_DIR,
                                 else ~/.local/share/agent-trace)
  --privacy-tier N               what the data folder may keep of what was said: 1 nothing (the default), 2 prompts,
                                 paths, commands and diffs, 3 also answers and outputs
  --port N                       the port on 127.0.0.1 (default: 8317, else the next free one)

Examples:
  agent-trace list --json | jq '.[0]'
  agent-trace inspect 3f2a
  agent-trace serve --claude-dir /mnt/backup/.claude`;
