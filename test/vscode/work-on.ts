import { appendFile } from "node:fs/promises";
import { basename } from "node:path";
import { findTranscripts } from "../../extension/capture/transcripts.ts";
import { toolLine } from "../lines.ts";
import type { Home } from "./home.ts";

/** Claude Code runs a command in the newest session. */
export async function workOn({ claude }: Home, command: string): Promise<void> {
  const transcripts = (await findTranscripts(claude)).filter(({ path }) => path.endsWith(".jsonl"));
  const [newest] = transcripts.sort((a, b) => b.modified - a.modified);
  const sessionId = basename(newest?.path ?? "", ".jsonl");
  const timestamp = new Date().toISOString();
  await appendFile(newest?.path ?? "", toolLine(command, "Bash", { command }, { sessionId, timestamp }));
}
