import { delimiter, join } from "node:path";
import type { ExtensionContext, LogOutputChannel } from "vscode";
import { reason } from "../base/expected-error.ts";
import { writeLauncher } from "../base/launcher.ts";
import type { Place } from "../job.ts";

/** Makes `agent-trace` a command of the editor's terminals, which shows what the editor shows. */
export async function offerInTerminals(
  context: ExtensionContext,
  { dataDir, port }: Place,
  log: LogOutputChannel,
): Promise<void> {
  const folder = join(dataDir, "bin");
  const cli = context.asAbsolutePath("dist/cli.js");
  const variables = context.environmentVariableCollection;
  try {
    await writeLauncher(folder, { node: process.execPath, cli, dataDir, port });
    variables.description = "Adds the command `agent-trace`";
    // Where a shell's own start puts other things before it, it is said again once that is over.
    variables.prepend("PATH", `${folder}${delimiter}`, {
      applyAtProcessCreation: true,
      applyAtShellIntegration: true,
    });
  } catch (error) {
    variables.clear();
    log.info(`agent-trace is not on the PATH of terminals: ${reason(error)}`);
  }
}
