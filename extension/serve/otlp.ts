import { promisify } from "node:util";
import { gunzip, inflate } from "node:zlib";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { errorCode } from "../base/expected-error.ts";
import type { Form } from "../capture/otlp/decode.ts";
import { answerExport, MOST_BYTES, problem, type Receive } from "./otlp-answer.ts";
import type { Described } from "./route.ts";

const FORMS: Record<string, Form> = {
  "application/json": "json",
  "application/x-protobuf": "protobuf",
  "application/protobuf": "protobuf",
};
const UNPACK: Record<string, (body: Buffer, limit: { maxOutputLength: number }) => Promise<Buffer>> = {
  identity: async body => body,
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
};
const RETRY_SECONDS = 5;

/** For the server's description of itself; whatever OpenTelemetry's exporters send. */
export const OTLP_ROUTES: Described[] = ["logs", "metrics", "traces"].map(signal => ({
  ...{ method: "POST", path: `/v1/${signal}` },
  does: `Takes in OpenTelemetry's ${signal}, as JSON or protobuf.`,
  body: { type: "object" },
  answers: "How many records were not understood, if any; the others are safe on the disk.",
}));

/** OTLP over HTTP. Guards and time limits are those of `server`. */
export function otlpRoutes(server: FastifyInstance, receive: Receive): void {
  void server.register((scope, _options, done) => {
    // Only in this scope: all other routes take JSON as ever.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      Object.keys(FORMS),
      { parseAs: "buffer", bodyLimit: MOST_BYTES },
      (request: FastifyRequest, body: Buffer) => unpacked(request, body),
    );
    scope.setErrorHandler((error: { statusCode?: number; message: string }, request, reply) => {
      if (!error.statusCode || error.statusCode >= 500) throw error;
      return send(request, reply, error.statusCode, problem(error.message, formOf(request) ?? "json"));
    });
    for (const signal of ["logs", "metrics", "traces"] as const) {
      scope.post<{ Body: Buffer | undefined }>(
        `/v1/${signal}`,
        { bodyLimit: MOST_BYTES },
        async (request, reply) => {
          const form = formOf(request);
          if (!form) throw refused(415, `Send ${Object.keys(FORMS).join(" or ")}.`);
          const { status, body } = await answerExport(signal, request.body ?? Buffer.alloc(0), form, receive);
          if (status === 503) reply.header("retry-after", RETRY_SECONDS);
          return send(request, reply, status, body);
        },
      );
    }
    done();
  });
}

/** The body as it was before it was compressed; work of zlib's threads, which stop at the limit. */
async function unpacked(request: FastifyRequest, body: Buffer): Promise<Buffer> {
  const encoding = request.headers["content-encoding"]?.toLowerCase() ?? "identity";
  const unpack = Object.hasOwn(UNPACK, encoding) ? UNPACK[encoding] : undefined;
  if (!unpack) throw refused(415, `Send it in ${Object.keys(UNPACK).join(", ")}; ${encoding} is not known.`);
  try {
    return await unpack(body, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    if (errorCode(error) === "ERR_BUFFER_TOO_LARGE") throw refused(413, "Unpacked, the body is too large.");
    throw refused(400, `The body is not ${encoding}.`);
  }
}

function mediaType(request: FastifyRequest): string {
  return (request.headers["content-type"] ?? "").split(";", 1).join().trim().toLowerCase();
}

function formOf(request: FastifyRequest): Form | undefined {
  const type = mediaType(request);
  return Object.hasOwn(FORMS, type) ? FORMS[type] : undefined;
}

/** In the type that was asked with, as OTLP wants it; in JSON when that is not known. */
function send(request: FastifyRequest, reply: FastifyReply, status: number, body: Buffer): FastifyReply {
  return reply
    .code(status)
    .type(formOf(request) ? mediaType(request) : "application/json")
    .send(body);
}

function refused(statusCode: number, message: string): Error {
  return Object.assign(new Error(message), { statusCode });
}
