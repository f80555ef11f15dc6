import { bash, commit } from "../bash.ts";
import { say } from "../blocks.ts";
import type { Project } from "../project.ts";
import type { DemoFile } from "../scope.ts";
import { Session } from "../session.ts";
import { edit, read } from "../tools.ts";

/** A small thing for about a cent; the client found no title for it. */
export function blankLines(project: Project): DemoFile[] {
  const s = new Session({ project, seed: 1123, start: "2026-11-20T09:12:44Z", model: "haiku 5.5" });

  s.prompt("exports that end in lines of only commas report them as broken rows, skip those");
  s.reply(read("ingest/reader.py"));
  s.reply(
    edit(
      "ingest/reader.py",
      "        for row in reader:\n",
      "        for row in reader:\n            if not any(row.values()):\n                continue\n",
    ),
  );
  s.reply(bash("python -m pytest -q", "Run all tests", passed, { ms: 4_640 }));
  s.reply(say("Rows without any value are skipped. The tests pass; there is none for this yet."));

  s.wait(164);
  s.prompt("fine for now, commit");
  s.reply(commit("Skip rows without values"));
  s.reply(say("Committed."));
  return s.quit();
}

const passed = `.....                                                                    [100%]
5 passed in 0.29s`;
