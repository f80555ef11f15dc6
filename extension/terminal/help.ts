export const help = `agent-trace: see what Claude Code did

  agent-trace index              read everything once, and say what it came to
  agent-trace list               the sessions, newest first, with what they cost
  agent-trace inspect ID         one session whole; the beginning of its id is enough
  agent-trace serve              record without an editor, until Ctrl+C
  agent-trace init               connect Claude Code: show what changes in its settings, ask, and write it
  agent-trace disconnect         take that out again; all else in the settings stays
  agent-trace status             what is connected, and what to do if something is off
  agent-trace hook               take in one hook's JSON from the standard input, for hooks of your own

  --json                         the answer as JSON
  --claude-dir DIR               the folder of Claude Code to read instead of yours; can be repeated
  --data-dir DIR                 where Agent Trace keeps its data (default: $AGENT_TRACE_DATA_DIR,
                                 else ~/.local/share/agent-trace)
  --privacy-tier N               what the data folder may keep of what was said: 1 nothing (the default), 2 prompts,
                                 paths, commands and diffs, 3 also answers and outputs
  --project DIR                  init, disconnect, status: the settings of this project alone, in
                                 its .claude/settings.local.json, instead of yours everywhere
  --http                         init: hooks over HTTP, which tell of every tool call (Claude Code 2.1.197 or newer)
  --dry-run, --yes               init, disconnect: only show the change; or don't ask
  --port N                       the port on 127.0.0.1 (default: 8317, else the next free one)

Examples:
  agent-trace list --json | jq '.[0]'
  agent-trace inspect 3f2a
  agent-trace serve --claude-dir /mnt/backup/.claude
  agent-trace init --privacy-tier 2 --dry-run`;
