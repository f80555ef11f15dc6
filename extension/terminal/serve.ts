import type { Terminal } from "./terminal.ts";

/** Records until the terminal says stop. */
export async function serve({ owner, print }: Terminal): Promise<void> {
  await owner.ready();
  const { folders, found } = await owner.state();
  print(
    `Recording. ${found} transcripts below ${folders.map(folder => folder.path).join(", ")}. Ctrl+C ends it.`,
  );
  await new Promise(resolve => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
}
