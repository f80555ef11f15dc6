/** A server that takes hooks and does nothing with them, in a worker as the recorder: nobody can be quicker. */
import { parentPort } from "node:worker_threads";
import fastify from "fastify";

const server = fastify();
server.post("/v1/hooks", () => ({}));
void server.listen({ host: "127.0.0.1", port: 0 }).then(address => parentPort?.postMessage(address));
