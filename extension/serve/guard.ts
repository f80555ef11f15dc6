import type { FastifyReply, FastifyRequest } from "fastify";
import { bearer } from "./bearer.ts";

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/** Turns away whoever is not a local program with the token, before anything of the request is read. */
export function guard(token: string) {
  const holdsToken = bearer(token);
  return async function guarded(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const refuse = (status: number, error: string) => reply.code(status).send({ error });
    // A page that rebinds its name to 127.0.0.1 still sends its own name here.
    if (!LOOPBACK.test(request.headers.host ?? "")) return refuse(403, "This address is not served.");
    // No page asks us: the editor's and the terminal's requests have no Origin.
    if (request.headers.origin !== undefined) return refuse(403, "Web pages are not served.");
    if (request.url === "/health") return;
    if (!holdsToken(request.headers.authorization)) return refuse(401, "The token is missing or wrong.");
  };
}
