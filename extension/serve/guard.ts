import type { FastifyReply, FastifyRequest } from "fastify";
import { isLoopback } from "../base/loopback.ts";
import { bearer } from "./bearer.ts";
import { Bucket } from "./bucket.ts";
import type { Limits } from "./limits.ts";

const NO_TOKEN =
  "The token is missing or wrong. It stands in the file token of the data folder that agent-trace status names.";

/** Turns away whoever is not a local program with the token, or asks too much, before the body is read. */
export function guard(token: string, { rate }: Limits) {
  const holdsToken = bearer(token);
  const buckets = { token: new Bucket(rate), open: new Bucket(rate) };
  return async function guarded(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { headers, routeOptions } = request;
    const refuse = (status: number, error: string) =>
      reply.code(status).header("connection", "close").send({ error });
    if (!isLoopback(headers.host)) return refuse(403, "This address is not served.");
    // No page asks us: the editor's and the terminal's requests have no Origin.
    if (headers.origin !== undefined) return refuse(403, "Web pages are not served.");
    const isOpen = (routeOptions.config as { open?: true } | undefined)?.open === true;
    if (!isOpen && !holdsToken(headers.authorization)) return refuse(401, NO_TOKEN);
    // What comes in pieces, of which nobody says how long they are, is counted as it is read.
    if (Number(headers["content-length"] ?? 0) > (routeOptions.bodyLimit ?? 0))
      return refuse(413, "The body is too large.");
    if (!buckets[isOpen ? "open" : "token"].take()) {
      reply.header("retry-after", "1");
      return refuse(429, "Too much is asked. Try again in a second.");
    }
  };
}
