import { appendFile } from "node:fs/promises";
import { basename } from "node:path";
import { findTranscripts } from "../../extension/capture/transcripts.ts";
import { toolLine } from "../lines.ts";

/** Claude Code runs a command in the newest session of a `.claude` folder. */
export async function work(claude: string, id: string): Promise<void> {
  const transcripts = (await findTranscripts(claude)).filter(({ path }) => path.endsWith(".jsonl"));
  const [newest] = transcripts.sort((a, b) => b.modified - a.modified);
  const sessionId = basename(newest?.path ?? "", ".jsonl");
  const timestamp = new Date().toISOString();
  await appendFile(newest?.path ?? "", toolLine(id, "Bash", { command: id }, { sessionId, timestamp }));
}
