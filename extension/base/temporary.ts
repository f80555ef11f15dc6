import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const NAME = "agent-trace-tmp-";

/** A folder that is removed when it is closed; what killed processes left of theirs is removed first. */
export function temporaryFolder(): { path: string; close(): void } {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.startsWith(NAME) ? name.slice(NAME.length).split("-")[0] : Number.NaN);
    if (pid > 0 && !isAlive(pid)) removeIfOurs(join(tmpdir(), name));
  }
  const path = mkdtempSync(join(tmpdir(), `${NAME}${process.pid}-`));
  return { path, close: () => rmSync(path, { recursive: true, force: true }) };
}

/** Other users' are left to them. */
function removeIfOurs(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {}
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // someone else's
  }
}
