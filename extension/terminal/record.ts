import { join } from "node:path";
import { endLike, passStdio } from "../capture/mcp/stdio.ts";
import { Tap } from "../capture/mcp/tap.ts";
import { Misuse } from "./misuse.ts";
import type { Options } from "./options.ts";
import { placeOf } from "./place.ts";
import type { Verb } from "./verb.ts";

/** Stands between a client of MCP and its server on the standard input and output. */
export const record: Verb = {
  takes: "-- SERVER ARGS…",
  does: "run a server of MCP, and record what any client asks of it",
  more: `Put it before the server's command where your client is told how to start it: what passes stays as it is, to the
byte. It becomes a session like those of Claude Code, whoever records then or later. How much of it is kept says the
privacy tier: names, times and errors at 1, arguments at 2, results at 3; without secrets at all of them. To see it in
VS Code, name its folder with --data-dir: agent-trace status in VS Code's terminal tells it. SIGKILL can't be passed on.`,
  options: ["name", "redact"],
  examples: [
    "agent-trace record -- npx -y @modelcontextprotocol/server-filesystem ~/notes",
    "agent-trace record --name db --redact -- node server.js --port 5432",
    '{"command": "agent-trace", "args": ["record", "--", "npx", "-y", "the-server"]}   # in mcp.json',
  ],
  async run({ options }, server) {
    if (server.length === 0)
      throw new Misuse("record wants a server to run: agent-trace record -- SERVER ARGS");
    // A client that does not listen any more is for the server to notice.
    process.stdout.removeAllListeners("error").on("error", () => {});
    const tap = tapOf(options);
    const lanes = {
      client: tap.lane("client", "frames", "stdio"),
      server: tap.lane("server", "frames", "stdio"),
    };
    const ended = await passStdio(server, (from, bytes) => lanes[from].pass(bytes));
    const { code, signal, expected } = ended;
    await tap.close(expected || (code === 0 && signal === null) ? "left" : "failed");
    endLike(ended);
  },
};

/** What records for a command, as its options say. */
export function tapOf(options: Options): Tap {
  const { dataDir, tier = 3 } = placeOf(options);
  return new Tap(join(__dirname, "listener.js"), {
    dataDir,
    name: options.name,
    project: process.cwd(),
    process: process.pid,
    most: options.redact ? 1 : tier,
  });
}
