import fastify, { type FastifyInstance } from "fastify";
import { ExpectedError, errorCode, reason } from "../base/expected-error.ts";
import type { Signal } from "../base/signal.ts";
import type { Api, Hint } from "../protocol.ts";
import { guard } from "./guard.ts";
import { stream } from "./stream.ts";

/** What the server hands on. */
export interface Served {
  api: Api;
  hints: Signal<Hint>;
  /** Resolves when what a hook said is safe on the disk. */
  receive(hook: unknown): Promise<void>;
  token: string;
  log(line: string): void;
}

/** The owner's HTTP API, not yet listening. */
export function buildServer({ api, hints, receive, token, log }: Served): FastifyInstance {
  const server = fastify({ logger: false, forceCloseConnections: true, bodyLimit: 8 * 1024 * 1024 });
  server.addHook("onRequest", guard(token));
  server.get("/health", async () => ({ ok: true }));
  server.get("/api/sessions", () => api.sessions());
  server.get<{ Params: { id: string } }>("/api/sessions/:id", request => api.session(request.params.id));
  server.get<{ Params: { id: string; step: string } }>("/api/sessions/:id/steps/:step", ({ params }) =>
    api.content(params.id, params.step),
  );
  server.get("/api/totals", () => api.totals());
  server.get("/api/state", () => api.state());
  server.post("/api/scan", () => done(api.scan()));
  server.post<{ Body: { file: string } }>("/api/store/back-up", { schema: FILE }, ({ body }) =>
    done(api.backUp(body.file)),
  );
  server.post("/api/store/compact", () => api.compact());
  server.post<{ Body: { ids: string[] } }>("/api/store/delete-sessions", { schema: IDS }, ({ body }) =>
    done(api.deleteSessions(body.ids)),
  );
  server.post("/api/store/delete-all", () => done(api.deleteAll()));
  server.post("/api/store/read-again", () => done(api.readAgain()));
  server.post("/api/events/replay", async () => ({ events: await api.replayEvents() }));
  server.post("/v1/hooks", ({ body }) => done(receive(body)));
  server.get("/api/stream", stream(hints));
  server.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: "There is nothing here." }));
  server.setErrorHandler((error, request, reply) => {
    if (error instanceof ExpectedError) return reply.code(404).send({ error: error.message });
    const status = (error as { statusCode?: number }).statusCode;
    if (status && status < 500) return reply.code(status).send({ error: reason(error) });
    log(`${request.method} ${request.url} failed: ${error instanceof Error ? error.stack : error}`);
    return reply.code(500).send({ error: "The recorder failed; the log says how." });
  });
  return server;
}

const FILE = {
  body: { type: "object", required: ["file"], properties: { file: { type: "string", minLength: 1 } } },
};
const IDS = {
  body: {
    type: "object",
    required: ["ids"],
    properties: { ids: { type: "array", items: { type: "string", minLength: 1 } } },
  },
};

async function done(work: Promise<void>): Promise<object> {
  await work;
  return {};
}

/** Further ports to try when the wanted one is taken, before any that is free. */
const SPARE = 9;

/** Listens on the wanted port, on the next free one, or on any; answers which. */
export async function listen(server: FastifyInstance, wanted: number): Promise<number> {
  const near = Array.from({ length: SPARE + 1 }, (_, i) => wanted + i).filter(port => port <= 65_535);
  for (const port of wanted === 0 ? [0] : [...near, 0]) {
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
