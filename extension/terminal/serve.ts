import { count } from "../base/format.ts";
import type { Verb } from "./verb.ts";

/** Records until the terminal says stop. */
export const serve: Verb = {
  does: "record without an editor, until Ctrl+C",
  more: `Rules for alerts are put at /api/alerts then; AGENT_TRACE_WEBHOOK, AGENT_TRACE_WEBHOOK_SECRET, AGENT_TRACE_MAIL,
AGENT_TRACE_MAIL_FROM, AGENT_TRACE_MAIL_TO and AGENT_TRACE_MAIL_PASSWORD in the environment say where to.`,
  examples: ["agent-trace serve", "agent-trace serve --claude-dir /mnt/backup/.claude --port 8400"],
  async run({ owner, print }) {
    await owner.ready();
    const { folders, found } = await owner.state();
    const where = folders.map(folder => folder.path).join(", ");
    print(`Recording. ${count(found, "transcript")} below ${where}. Ctrl+C ends it.`);
    await new Promise(resolve => {
      process.once("SIGINT", resolve);
      process.once("SIGTERM", resolve);
    });
  },
};
