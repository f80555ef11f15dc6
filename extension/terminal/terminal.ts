import { join } from "node:path";
import { errorCode } from "../base/expected-error.ts";
import { Owner } from "../base/owner.ts";
import type { Options } from "./options.ts";
import { page } from "./pager.ts";
import { type Paint, paintFor } from "./paint.ts";
import { placeOf } from "./place.ts";
import { columnsOf } from "./width.ts";

/** What every command of the terminal works with. */
export class Terminal {
  readonly options: Options;
  /** Whether people look at it, and not a program. */
  readonly isScreen: boolean;
  readonly width: number;
  readonly paint: Paint;
  #owner: Owner | undefined;
  /** What is to be shown in pages, at the end. */
  #lines: string[] | undefined;

  constructor(options: Options, paged: boolean) {
    const { stdout, env } = process;
    this.options = options;
    this.isScreen = stdout.isTTY ?? false;
    this.width = columnsOf(stdout, env);
    this.paint = paintFor(this.isScreen, env);
    this.#lines = paged && this.isScreen && !options.json ? [] : undefined;
    stdout.on("error", endQuietly);
  }

  get json(): boolean {
    return this.options.json ?? false;
  }

  /** The owner of the data folder, joined or become for the time of the command, once somebody asks for it. */
  get owner(): Owner {
    this.#owner ??= new Owner(join(__dirname, "recorder.js"), placeOf(this.options), () => {});
    return this.#owner;
  }

  readonly print = (line: string): void => {
    if (this.#lines) this.#lines.push(line);
    else process.stdout.write(`${line}\n`);
  };

  /** Prints at once from now on, for what unfolds in time. */
  unpaged(): void {
    this.#lines = undefined;
  }

  async close(): Promise<void> {
    await this.#owner?.close();
    const lines = this.#lines?.join("\n").split("\n") ?? [];
    this.#lines = undefined;
    if (lines.join("") === "") return;
    const text = `${lines.join("\n")}\n`;
    if (lines.length < process.stdout.rows || !(await page(text, process.env))) process.stdout.write(text);
  }
}

/** Whoever reads our output may have seen enough, as `head` does. */
function endQuietly(error: Error): void {
  process.exit(errorCode(error) === "EPIPE" ? 0 : 3);
}
