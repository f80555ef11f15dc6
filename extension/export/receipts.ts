import { createHash } from "node:crypto";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Endpoint } from "./endpoint.ts";
import { idOf } from "./span.ts";

/** What an endpoint has of a session. */
interface Receipt {
  /** Ids of spans. */
  taken: Set<string>;
  /** When the session had ended, the last time that all of it was there. */
  whole: number | undefined;
}

/** Which spans an endpoint has taken, so that none goes twice; neither the endpoint nor the session is named. */
export class Receipts {
  readonly #folder: string;

  constructor(home: string, { url }: Pick<Endpoint, "url">) {
    this.#folder = join(home, "outbox", createHash("sha256").update(url.href).digest("hex").slice(0, 16));
  }

  async of(session: string): Promise<Receipt> {
    const text = await readFile(this.#file(session), "utf8").catch(() => "");
    const lines = text.split("\n");
    const whole = lines.findLast(line => /^=\d+$/.test(line));
    return {
      // What a crash cut off is none.
      taken: new Set(lines.filter(line => /^[0-9a-f]{16}$/.test(line))),
      whole: whole === undefined ? undefined : Number(whole.slice(1)),
    };
  }

  taken(session: string, spans: string[]): Promise<void> {
    return this.#add(session, spans);
  }

  whole(session: string, endedAt: number): Promise<void> {
    return this.#add(session, [`=${endedAt}`]);
  }

  async #add(session: string, lines: string[]): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await appendFile(this.#file(session), `\n${lines.join("\n")}\n`, { mode: 0o600 });
  }

  #file(session: string): string {
    return join(this.#folder, idOf(16, "session", session));
  }
}
