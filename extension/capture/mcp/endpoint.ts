import { Transform, type TransformCallback } from "node:stream";

/** A first event that is longer tells no address. */
const LONGEST = 16 * 1024;
/** An empty line, whatever ends lines here; a line's end that has come by half is none yet. */
const END = /(?:\r\n|\n|\r(?!\n)){2}/g;

/**
 * Passes a stream of events as it is, but for the address at which a server of the older kind wants to be asked: where
 * it names itself it comes to name us. Clients ask only where they got the stream from, and we would see nothing.
 */
export class OurEndpoint extends Transform {
  readonly #theirs: string;
  readonly #ours: string;
  /** What may be the beginning of the event that tells it; it is the first one. */
  #held: string | undefined = "";

  /** @param theirs, ours origins, such as http://127.0.0.1:3001 */
  constructor(theirs: string, ours: string) {
    super();
    this.#theirs = theirs;
    this.#ours = ours;
  }

  override _transform(bytes: Buffer, _: BufferEncoding, pass: TransformCallback): void {
    if (this.#held === undefined) pass(null, bytes);
    else pass(null, Buffer.from(this.#begun(this.#held + bytes.toString("latin1")), "latin1"));
  }

  override _flush(pass: TransformCallback): void {
    pass(null, Buffer.from(this.#held ?? "", "latin1"));
  }

  /** What of the stream's beginning can pass. Nobody waits for the rest: an event counts when it is whole. */
  #begun(text: string): string {
    let from = 0;
    for (const { index, 0: end } of text.matchAll(END)) {
      const next = index + end.length;
      const event = text.slice(from, next);
      if (/^data:/m.test(event)) {
        this.#held = undefined;
        return text.slice(0, from) + this.#renamed(event) + text.slice(next);
      }
      from = next; // comments may come before it
    }
    const rest = text.slice(from);
    this.#held = rest.length > LONGEST ? undefined : rest;
    return this.#held === undefined ? text : text.slice(0, from);
  }

  #renamed(event: string): string {
    if (!/^event: ?endpoint\r?$/m.test(event)) return event;
    return event.replace(/^(data: ?)([a-z]+:\/\/[^/?#\r\n]*)/im, (whole, before: string, origin: string) =>
      URL.canParse(origin) && new URL(origin).origin === this.#theirs ? before + this.#ours : whole,
    );
  }
}
