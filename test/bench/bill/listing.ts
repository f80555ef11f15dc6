import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

const TIMES = 20;

/** How many milliseconds `agent-trace list` takes, of the newest sessions and of all, and Node by itself: each at best. */
export async function listing(dataDir: string, claude: string): Promise<Record<string, number>> {
  const cli = resolve("dist/cli.js");
  const place = ["--data-dir", dataDir, "--claude-dir", claude, "--port", "0"];
  const recorder = spawn(process.execPath, [cli, "serve", ...place]);
  try {
    await once(recorder.stdout, "data");
    run([cli, "list", ...place]); // when it has read everything
    return {
      "agent-trace list": atBest([cli, "list", ...place]),
      "agent-trace list --json, of all": atBest([cli, "list", "--json", ...place]),
      "node -e 0": atBest(["-e", "0"]),
    };
  } finally {
    recorder.kill("SIGTERM");
    await once(recorder, "exit");
  }
}

/** Others may be at work on this machine, and only make it slower. */
function atBest(args: string[]): number {
  return Math.min(...Array.from({ length: TIMES }, () => run(args)));
}

function run(args: string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) throw new Error(stderr.toString());
  return performance.now() - start;
}
