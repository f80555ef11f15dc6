import { type IncomingMessage, type RequestOptions, request } from "node:http";
import type { Hint } from "../protocol.ts";
import { ExpectedError } from "./expected-error.ts";

/** After this long without a word, an owner hangs. */
const SILENCE = 3000;

/** HTTP to one recorder, as long as that is there. */
export class Wire {
  readonly #port: number;
  readonly #token: string;
  readonly #gone = new AbortController();

  constructor(port: number, token: string) {
    this.#port = port;
    this.#token = token;
  }

  async json<T>(path: string, method: string, sent?: object): Promise<T> {
    const response = await this.#send({ path, method }, sent);
    let text = "";
    for await (const chunk of response.setEncoding("utf8")) text += chunk;
    const body = JSON.parse(text) as T & { error?: string };
    if (response.statusCode === 200) return body;
    throw new ExpectedError(body.error ?? `The recorder answered ${response.statusCode} to ${path}.`);
  }

  /** Ends what is still being asked: the owner is gone, and whoever waits should hear of it. */
  close(): void {
    this.#gone.abort(new ExpectedError("The recorder is gone. Try again in a moment."));
  }

  /** Hands every hint to `take` until the owner is gone or `signal` stops it. */
  async follow(take: (hint: Hint) => void, connected: () => void, signal: AbortSignal): Promise<void> {
    const stream = await this.#send({
      path: "/api/stream",
      signal: AbortSignal.any([signal, this.#gone.signal]),
    });
    if (stream.statusCode !== 200)
      throw new ExpectedError(`The recorder refused this window (${stream.statusCode}).`);
    // Hints or not, the owner is heard of every second.
    stream.socket.setTimeout(SILENCE, () =>
      stream.destroy(new ExpectedError("The recorder does not answer.")),
    );
    connected();
    let rest = "";
    for await (const chunk of stream.setEncoding("utf8")) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line.startsWith("data: ")) take(JSON.parse(line.slice(6)) as Hint);
    }
  }

  #send(how: RequestOptions, sent?: object): Promise<IncomingMessage> {
    const type = sent === undefined ? {} : { "content-type": "application/json" };
    const headers = { authorization: `Bearer ${this.#token}`, ...type };
    return new Promise((resolve, reject) => {
      const to = { host: "127.0.0.1", port: this.#port, headers, signal: this.#gone.signal };
      request({ ...to, ...how }, resolve)
        .once("error", reject)
        .end(sent && JSON.stringify(sent));
    });
  }
}
