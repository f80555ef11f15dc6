import type { FastifyReply, FastifyRequest } from "fastify";
import type { Signal } from "../base/signal.ts";
import type { Hint } from "../protocol.ts";

const BEAT = 1000;

/** Server-sent events: every hint, and a heartbeat by which a window knows an owner that hangs. */
export function stream(hints: Signal<Hint>) {
  return function streamed(request: FastifyRequest, reply: FastifyReply): void {
    reply.hijack();
    const out = reply.raw;
    out.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    out.write(": welcome\n\n");
    const beat = setInterval(() => out.write(": beat\n\n"), BEAT);
    const listener = hints.on(hint => out.write(`data: ${JSON.stringify(hint)}\n\n`));
    request.raw.once("close", () => {
      clearInterval(beat);
      listener.close();
    });
  };
}
