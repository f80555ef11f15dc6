import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** How whoever should take in telemetry and hooks behaves. */
export const MOODS = ["up", "down", "hanging", "garbage", "killed midway"] as const;
export type Mood = (typeof MOODS)[number];

/** A stand-in for the receiver, which counts what it is sent. */
export async function startOurSide(mood: Mood) {
  const arrived = { records: 0, hooks: 0, refused: 0 };
  const server = createServer(async (request, response) => {
    if (mood === "hanging") return;
    if (mood === "garbage")
      return response.writeHead(500, { "content-type": "text/html" }).end("<h1>\u0000{nope");
    const body = await buffer(request).catch(() => Buffer.alloc(0));
    if (!request.headers.authorization?.startsWith("Bearer ")) arrived.refused++;
    else if (request.url === "/v1/hooks") arrived.hooks++;
    else arrived.records += body.toString("latin1").split("event.name").length - 1;
    if (mood === "killed midway") return kill(server);
    response.writeHead(200, { "content-type": request.headers["content-type"] ?? "application/json" });
    response.end(request.url === "/v1/hooks" ? "{}" : "");
  });
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  if (mood === "down") kill(server);
  return { port, arrived, close: () => kill(server) };
}

function kill(server: Server): void {
  server.close();
  server.closeAllConnections();
}
