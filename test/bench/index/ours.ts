import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type Measured, measure } from "./measure.ts";

/** What `agent-trace index --json` says. */
export interface IndexResult extends Omit<Measured, "stdout"> {
  sessions: number;
  prompts: number;
  steps: number;
  requests: number;
  skipped: number;
  costUsd: number;
  tokens: Record<"input" | "output" | "cacheRead" | "cacheWrite5m" | "cacheWrite1h", number>;
}

const CLI = join(import.meta.dirname, "../../../dist/cli.js");

/** Our side, as a user has it: the built program, its store on the disk, every row durable. */
export class Ours {
  readonly #claude: string;
  readonly #home: string;

  /** `home` is an empty folder made for this, so that nothing else is found. */
  constructor(claude: string, home: string) {
    this.#claude = claude;
    this.#home = home;
  }

  /** With no store there yet. */
  async cold(): Promise<IndexResult> {
    await this.forget();
    return this.again();
  }

  /** With the store that the last run left. */
  async again(): Promise<IndexResult> {
    const places = ["--claude-dir", this.#claude, "--data-dir", join(this.#home, "data"), "--port", "0"];
    const env = { HOME: this.#home };
    const { stdout, ...took } = await measure(process.execPath, [CLI, "index", "--json", ...places], env);
    return { ...JSON.parse(stdout), ...took } as IndexResult;
  }

  /** How long it takes, with no store, until the newest sessions can be seen. */
  async screen(program: string, sessions: number, since: number): Promise<Omit<Measured, "stdout">> {
    await this.forget();
    const args = [program, this.#claude, join(this.#home, "data"), String(sessions), String(since)];
    const { stdout, ...took } = await measure(process.execPath, args, { HOME: this.#home });
    return { ...took, ms: Number(stdout) };
  }

  async forget(): Promise<void> {
    await rm(this.#home, { recursive: true, force: true });
  }
}
