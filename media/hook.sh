# Notes for Agent Trace that something happened in Claude Code, which runs this as a hook, in Agent Trace's data folder,
# with the hook's JSON on stdin. The note is a file in inbox/, so that nobody has to listen: Agent Trace takes it up
# now or when it starts next. Nothing is printed and nothing fails, whatever happens.

umask 077
PATH=$PATH:/usr/bin:/bin LC_ALL=C # a bare Git Bash has only Windows's own PATH; bytes are quicker than characters
export PATH LC_ALL

# Only ids and kinds leave the hook's JSON, never a prompt, a path or a command. A quote within a JSON string has a
# backslash before it, so that what looks like "key":"value" is a key. The hook's own keys stand before the first
# object in it, but for "effort"; keys of that object are somebody's words. It has to be read to its end all the same.
note=$(awk -v process="$PPID" '
  BEGIN { RS = "{" }
  !done {
    own = substr(own $0, 1, 16384)
    done = length(own) == 16384 || /[^\\]":$/ && !/"effort":$/ || /(\[|,)$/
  }
  END {
    # What Claude Code says to itself, as of background tasks, comes as a prompt too, but in tags.
    human = own ~ /"prompt":"/ && own !~ /"prompt":"( |\\[nrt])*</
    key = "\"(session_id|hook_event_name|prompt_id|tool_use_id|tool_name|agent_id|agent_type|source|reason|trigger" \
      "|permission_mode|notification_type|is_interrupt|duration_ms)\""
    while (match(own, key ":(\"[A-Za-z0-9_.:-]*\"|[0-9]+|true|false)[,}]")) {
      kept = kept "," substr(own, RSTART, RLENGTH - 1)
      own = substr(own, RSTART + RLENGTH - 1)
    }
    # Who runs this is Claude Code itself, so that it is known when it is gone.
    found = "\"process\":" process (human ? ",\"human\":true" : "")
    srand() # answers the seed of the last call, which is the time in seconds
    if (kept ~ /"session_id"/ && kept ~ /"hook_event_name"/)
      printf "%d {\"kind\":\"hook\",\"body\":{%s,\"found\":{%s}}}", srand(), substr(kept, 2), found
  }')

# Once the user deleted everything, nothing is kept.
[ -n "$note" ] && [ ! -e erased ] || exit 0
[ -d inbox ] || mkdir inbox || exit 0

# Whoever removed Agent Trace without disconnecting it should not find the disk full one day.
set -- inbox/*
[ $# -lt 10000 ] || exit 0

# Its time is the time of the file, which is exact everywhere; a name that ends in .ndjson is whole.
file=inbox/${note%% *}000-$$-hook
printf '%s\n' "${note#* }" >"$file.part" && mv "$file.part" "$file.ndjson"
