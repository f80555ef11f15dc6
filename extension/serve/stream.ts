import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { FastifyReply } from "fastify";
import type { Signal } from "../base/signal.ts";
import type { Hint } from "../protocol.ts";

const BEAT = 1000;
/** So many hints are kept for those who come back. */
const KEPT = 1000;
/** Whoever lets so many bytes wait does not read them. */
const MOST_WAITING = 4 * 1024 * 1024;

/** Server-sent events: every hint, and a heartbeat by which a window knows an owner that hangs. */
export class Feed {
  /** Where the numbers of this owner's hints begin anew. */
  readonly #series = randomBytes(6).toString("hex");
  readonly #kept: string[] = [];
  readonly #readers = new Set<ServerResponse>();
  readonly #listener: { close(): void };
  #last = 0;

  constructor(hints: Signal<Hint>) {
    this.#listener = hints.on(hint => {
      const event = this.#event(++this.#last, hint);
      this.#kept.push(event);
      if (this.#kept.length > KEPT) this.#kept.shift();
      for (const reader of this.#readers) this.#write(reader, event);
    });
  }

  close(): void {
    this.#listener.close();
  }

  /** Sends all hints from now on, and those that came after the one that the reader got last. */
  follow(lastId: string | string[] | undefined, reply: FastifyReply): void {
    reply.hijack();
    const reader = reply.raw;
    reader.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    reader.write(`: welcome\nid: ${this.#series}-${this.#last}\n\n`);
    for (const event of this.#missed(lastId)) reader.write(event);
    this.#readers.add(reader);
    const beat = setInterval(() => this.#write(reader, ": beat\n\n"), BEAT);
    reader.once("close", () => {
      clearInterval(beat);
      this.#readers.delete(reader);
    });
  }

  /** What came since; when that is not known any more, that everything is to be asked again. */
  #missed(lastId: string | string[] | undefined): string[] {
    if (lastId === undefined) return [];
    const [series, number] = String(lastId).split("-");
    const missed = this.#last - (/^\d{1,15}$/.test(number ?? "") ? Number(number) : Number.NaN);
    const isKnown = series === this.#series && missed >= 0 && missed <= this.#kept.length;
    if (!isKnown) return [this.#event(this.#last, { kind: "state" })];
    return this.#kept.slice(this.#kept.length - missed);
  }

  #event(number: number, hint: Hint): string {
    return `id: ${this.#series}-${number}\ndata: ${JSON.stringify(hint)}\n\n`;
  }

  #write(reader: ServerResponse, text: string): void {
    if (reader.writableLength <= MOST_WAITING) reader.write(text);
    else {
      this.#readers.delete(reader);
      reader.destroy();
    }
  }
}
