import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Endpoint } from "./endpoint.ts";
import type { Words } from "./trace.ts";

/**
 * Which sessions wait for an endpoint that did not take them. Only their ids: what is sent is made when it is sent, so
 * that nothing lies about that was deleted since, and no words at all.
 */
export class Outbox {
  readonly #file: string;

  /** Sessions wait for the words with which they were to go, and for no others. */
  constructor(dataDir: string, { url }: Pick<Endpoint, "url">, words: Words) {
    const name = createHash("sha256").update(`${url.href} ${words}`).digest("hex").slice(0, 16);
    this.#file = join(dataDir, "outbox", `${name}.json`);
  }

  async waiting(): Promise<string[]> {
    try {
      const ids: unknown = JSON.parse(await readFile(this.#file, "utf8"));
      return Array.isArray(ids) ? ids.filter(id => typeof id === "string") : [];
    } catch {
      return [];
    }
  }

  async keep(ids: string[]): Promise<void> {
    if (ids.length === 0) {
      await rm(this.#file, { force: true });
      return;
    }
    await mkdir(join(this.#file, ".."), { recursive: true, mode: 0o700 });
    await writeFile(`${this.#file}.part`, JSON.stringify(ids), { mode: 0o600 });
    await rename(`${this.#file}.part`, this.#file);
  }
}
