import fastify, { type FastifyInstance } from "fastify";
import { ExpectedError, errorCode } from "../base/expected-error.ts";
import type { Signal } from "../base/signal.ts";
import type { Api, Hint } from "../protocol.ts";
import { guard } from "./guard.ts";
import { stream } from "./stream.ts";

/** The owner's HTTP API, not yet listening. */
export function buildServer(api: Api, hints: Signal<Hint>, token: string): FastifyInstance {
  const server = fastify({ logger: false, forceCloseConnections: true, bodyLimit: 8 * 1024 * 1024 });
  server.addHook("onRequest", guard(token));
  server.get("/health", async () => ({ ok: true }));
  server.get("/api/sessions", () => api.sessions());
  server.get<{ Params: { id: string } }>("/api/sessions/:id", request => api.session(request.params.id));
  server.get("/api/state", () => api.state());
  server.get("/api/stream", stream(hints));
  server.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: "There is nothing here." }));
  server.setErrorHandler((error, _request, reply) => {
    const expected = error instanceof ExpectedError;
    return reply
      .code(expected ? 404 : 500)
      .send({ error: expected ? error.message : "The recorder failed." });
  });
  return server;
}

/** Further ports to try when the wanted one is taken, before any that is free. */
const SPARE = 9;

/** Listens on the wanted port, on the next free one, or on any; answers which. */
export async function listen(server: FastifyInstance, wanted: number): Promise<number> {
  const ports = wanted === 0 ? [0] : [...Array.from({ length: SPARE + 1 }, (_, i) => wanted + i), 0];
  for (const port of ports) {
    try {
      await server.listen({ host: "127.0.0.1", port });
      const address = server.server.address();
      if (typeof address === "object" && address) return address.port;
    } catch (error) {
      const code = errorCode(error);
      if (code !== "EADDRINUSE" && code !== "EACCES") throw error;
    }
  }
  throw new ExpectedError("No port on this machine is free for Agent Trace.");
}
