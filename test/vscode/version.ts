import { existsSync } from "node:fs";
import { join } from "node:path";
import { ExpectedError } from "../../.scripts/step.mjs";
import type { Version } from "./install.ts";

/** The VS Code under test, from $VSCODE_VERSION. */
export const version: Version = process.env.VSCODE_VERSION === "oldest" ? "oldest" : "newest";

/** The packaged extension. */
export function vsix(): string {
  const path = join(import.meta.dirname, "../../out/agent-trace.vsix");
  if (!existsSync(path))
    throw new ExpectedError(`${path} is missing. Run \`npm run build\` and \`npm run package\` first.`);
  return path;
}
