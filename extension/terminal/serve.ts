import { count } from "../base/format.ts";
import type { Verb } from "./verb.ts";

/** Records until the terminal says stop. */
export const serve: Verb = {
  does: "record without an editor, until Ctrl+C",
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
