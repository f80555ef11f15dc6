import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as plain,
  type Server,
  type ServerResponse,
} from "node:http";
import { request as secure } from "node:https";
import { pipeline } from "node:stream/promises";
import { isLoopback } from "../../base/loopback.ts";
import { OurEndpoint } from "./endpoint.ts";
import type { Form } from "./passed.ts";
import type { Lane, Tap } from "./tap.ts";

/** What is about this connection only, and none of the server's; and what would hide from us what it says. */
const OWN = new Set([
  ...["connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"],
  ...["host", "accept-encoding"],
]);
const SESSION = "mcp-session-id";
const FORMS: Record<string, Form> = { "application/json": "whole", "text/event-stream": "events" };

/** A server in front of one of MCP over HTTP: what it is asked it asks there, and passes the answer on as it comes. */
export function proxyTo(target: URL, tap: Tap): Server {
  return createServer((question, answer) => {
    // The server behind us sees its own name there, and can't tell any more.
    if (!isLoopback(question.headers.host)) {
      answer.writeHead(403).end("This address is not served.\n");
      return;
    }
    const exchange = new Exchange(target, question, tap);
    exchange.pass(answer).catch(() => answer.destroy());
  });
}

/** One question over HTTP, and its answer. */
class Exchange {
  readonly #target: URL;
  readonly #question: IncomingMessage;
  readonly #tap: Tap;
  /** By what name the conversation is known in which it is asked: its session's, else where it is asked. */
  readonly #name: string;
  readonly #asked: Lane | undefined;

  constructor(target: URL, question: IncomingMessage, tap: Tap) {
    this.#target = target;
    this.#question = question;
    this.#tap = tap;
    this.#name = text(question.headers[SESSION]) ?? question.url ?? "/";
    const says = question.method === "POST";
    this.#asked = says ? tap.lane("client", "whole", this.#name) : undefined;
  }

  async pass(answer: ServerResponse): Promise<void> {
    try {
      const said = await this.#ask(answer);
      if (!said) return;
      const { statusCode: status = 502, statusMessage, rawHeaders } = said;
      answer.writeHead(status, statusMessage, kept(rawHeaders));
      answer.write(Buffer.alloc(0)); // the headers now; flushHeaders would write what is not ASCII in them as UTF-8
      const lane = this.#listen(status, said.headers);
      const endpoint = this.#endpoint(said.headers);
      const passed = endpoint ? pipeline(said, endpoint, answer) : pipeline(said, answer);
      if (lane) said.on("data", bytes => lane.pass(bytes));
      await passed.finally(() => {
        lane?.over();
        lane?.gone();
      });
      if (this.#question.method === "DELETE" && status < 300) this.#tap.ended("left", this.#name);
    } finally {
      this.#asked?.gone();
    }
  }

  /** Asks the server; says to the client when that can't be reached. */
  async #ask(answer: ServerResponse): Promise<IncomingMessage | undefined> {
    const { method, url = "/", rawHeaders } = this.#question;
    const send = this.#target.protocol === "https:" ? secure : plain;
    const headers = [...kept(rawHeaders), "host", this.#target.host];
    // As a path, whatever it is: `//elsewhere/` as an address would lead there, with the client's keys.
    const asking = send(this.#target, { path: url, method, headers });
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      asking.once("response", resolve);
      asking.once("error", reject);
    });
    // A client that hangs up wants no answer any more.
    answer.once("close", () => asking.destroy());
    pipeline(this.#question, asking).catch(() => {});
    this.#question.on("data", bytes => this.#asked?.pass(bytes));
    this.#question.once("end", () => this.#asked?.over());
    try {
      return await answered;
    } catch {
      this.#asked?.refused();
      if (!answer.destroyed) answer.writeHead(502).end(`${this.#target.origin} can't be reached.\n`);
      return undefined;
    }
  }

  /** What an older server begins a stream with; a newer one streams answers to what it was posted as well. */
  #endpoint(headers: IncomingHttpHeaders): OurEndpoint | undefined {
    const { method, headers: asked } = this.#question;
    const begins = method === "GET" && formOf(headers) === "events" && !headers["content-length"];
    return begins ? new OurEndpoint(this.#target.origin, `http://${asked.host}`) : undefined;
  }

  /** What of the answer is a message, or messages. */
  #listen(status: number, headers: IncomingHttpHeaders): Lane | undefined {
    const session = text(headers[SESSION]);
    if (session !== undefined) this.#asked?.named(session);
    if (status >= 400) {
      this.#asked?.refused(status);
      return undefined;
    }
    const form = formOf(headers);
    return form && this.#tap.lane("server", form, this.#name, this.#asked);
  }
}

function formOf(headers: IncomingHttpHeaders): Form | undefined {
  return FORMS[(headers["content-type"] ?? "").split(";", 1).join().trim().toLowerCase()];
}

/** Headers that are passed on, in the order and the spelling in which they came: name, value, name, value. */
function kept(raw: string[]): string[] {
  return raw.filter((_, i) => !OWN.has((raw[i - (i % 2)] ?? "").toLowerCase()));
}

function text(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
