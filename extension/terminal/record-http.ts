import { once } from "node:events";
import { ExpectedError, errorCode } from "../base/expected-error.ts";
import { proxyTo } from "../capture/mcp/proxy.ts";
import { Misuse } from "./misuse.ts";
import { placeOf } from "./place.ts";
import { tapOf } from "./record.ts";
import type { Verb } from "./verb.ts";

/** Stands between clients of MCP and a server over HTTP. */
export const recordHttp: Verb = {
  takes: "URL --port N",
  does: "stand before a server of MCP over HTTP on --port, and record what is asked of it",
  more: `It listens on 127.0.0.1 only. Headers pass and are never recorded; what is, and what is kept of it, is as with
agent-trace record. A server of the older kind that says its own address to be asked at is given this one instead.`,
  options: ["name", "redact"],
  examples: ["agent-trace record-http https://mcp.example.com/mcp --port 9000"],
  async run({ options, print }, [given]) {
    const target = targetOf(given);
    if (options.port === undefined) throw new Misuse("record-http wants --port, at which clients ask it.");
    const { port } = placeOf(options);
    const tap = tapOf(options);
    const server = proxyTo(target, tap);
    server.listen(port, "127.0.0.1");
    await once(server, "listening").catch(error => {
      throw errorCode(error) === "EADDRINUSE"
        ? new ExpectedError(`Another program listens on port ${port}. Choose another with --port.`)
        : error;
    });
    const address = server.address();
    const at = typeof address === "object" && address ? address.port : port;
    print(`Give your client http://127.0.0.1:${at}${target.pathname}${target.search}. Ctrl+C ends it.`);
    await new Promise(resolve => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, resolve);
    });
    server.close();
    server.closeAllConnections();
    await tap.close("left");
  },
};

function targetOf(given: string | undefined): URL {
  const target = URL.canParse(given ?? "") ? new URL(given ?? "") : undefined;
  if (target && /^https?:$/.test(target.protocol)) return target;
  throw new Misuse("record-http wants the server's address, such as http://127.0.0.1:3001/mcp.");
}
