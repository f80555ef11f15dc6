import fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from "fastify";
import { ExpectedError, errorCode, reason } from "../base/expected-error.ts";
import { guard } from "./guard.ts";
import { LIMITS, type Limits } from "./limits.ts";
import { otlpRoutes } from "./otlp.ts";
import type { Served } from "./route.ts";
import { ROUTES } from "./routes.ts";
import { read, readQuery, type Schema } from "./schema.ts";
import { Feed } from "./stream.ts";

/** Longer than any id that Claude Code gives. */
const LONGEST_ID = 500;

/** The owner's HTTP API, not yet listening. */
export function buildServer(served: Served, limits: Limits = LIMITS): FastifyInstance {
  const guarded = guard(served.token, limits);
  const server = fastify({
    logger: false,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    bodyLimit: limits.bytes,
    requestTimeout: limits.requestMs,
    http: { headersTimeout: limits.headersMs, connectionsCheckingInterval: limits.checkMs },
    routerOptions: { maxParamLength: LONGEST_ID },
    schemaController: OUR_CHECKS,
    // A path that can't be understood is found before any hook runs.
    frameworkErrors: async (error, request, reply) => {
      await guarded(request, reply);
      if (!reply.sent) fail(error, request, reply);
    },
  });
  const fail = failing(served.log);
  const feed = new Feed(served.hints);
  server.server.maxConnections = limits.connections;
  server.removeContentTypeParser("text/plain");
  server.addHook("onRequest", guarded);
  server.addHook("onClose", async () => feed.close());
  server.setErrorHandler(fail);
  server.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: "There is nothing here." }));
  for (const { method, path, query, body, open, handle } of ROUTES)
    server.route({
      ...{ method, url: path },
      schema: { ...(query && { querystring: query }), ...(body && { body }) },
      config: { open },
      handler: (request, reply) => handle({ ...served, feed }, request, reply),
    });
  otlpRoutes(server, served.receiveTelemetry);
  return server;
}

/** Our own checks: to load and run compilers of schemas takes longer than all else that the server's start does. */
const OUR_CHECKS = {
  compilersFactory: { buildValidator: () => compile, buildSerializer: () => () => JSON.stringify },
} as unknown as NonNullable<FastifyServerOptions["schemaController"]>; // whose types know only its own compiler

function compile({ schema, httpPart }: { schema: Schema; httpPart: string }) {
  return (value: unknown) => {
    try {
      return { value: httpPart === "querystring" ? readQuery(value, schema) : read(value, schema, "body") };
    } catch (error) {
      return { error };
    }
  };
}

/** Tells whoever asked what was wrong with it, and the log what went wrong here: never what was asked. */
function failing(log: (line: string) => void) {
  return function failed(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    // What was not read yet of a body is not worth reading.
    if (!request.raw.complete) reply.header("connection", "close");
    if (error instanceof ExpectedError) return reply.code(404).send({ error: error.message });
    const status = (error as { statusCode?: number }).statusCode;
    if (status && status < 500) return reply.code(status).send({ error: reason(error) });
    const what = `${request.method} ${request.routeOptions.url}`;
    log(`${what} failed: ${error instanceof Error ? error.stack : error}`);
    return reply.code(500).send({ error: "The recorder failed; the log says how." });
  };
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
