import { type IncomingMessage, request } from "node:http";
import type { Api, Hint, RecorderState, Session, SessionRow } from "../protocol.ts";
import { ExpectedError } from "./expected-error.ts";

/** Asks an owner over its HTTP API. */
export class Client implements Api {
  readonly #port: number;
  readonly #token: string;

  constructor(port: number, token: string) {
    this.#port = port;
    this.#token = token;
  }

  sessions(): Promise<SessionRow[]> {
    return this.#json("/api/sessions");
  }

  session(id: string): Promise<Session> {
    return this.#json(`/api/sessions/${encodeURIComponent(id)}`);
  }

  state(): Promise<RecorderState> {
    return this.#json("/api/state");
  }

  async scan(): Promise<void> {
    await this.#json("/api/scan", "POST");
  }

  /** Hands every hint to `take` until the owner is gone or `signal` stops it. */
  async follow(take: (hint: Hint) => void, connected: () => void, signal: AbortSignal): Promise<void> {
    const stream = await this.#send("/api/stream", "GET", signal);
    if (stream.statusCode !== 200)
      throw new ExpectedError(`The recorder refused this window (${stream.statusCode}).`);
    connected();
    let rest = "";
    for await (const chunk of stream.setEncoding("utf8")) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line.startsWith("data: ")) take(JSON.parse(line.slice(6)) as Hint);
    }
  }

  async #json<T>(path: string, method = "GET"): Promise<T> {
    const response = await this.#send(path, method);
    let text = "";
    for await (const chunk of response.setEncoding("utf8")) text += chunk;
    const body = JSON.parse(text) as T & { error?: string };
    if (response.statusCode === 200) return body;
    throw new ExpectedError(body.error ?? `The recorder answered ${response.statusCode} to ${path}.`);
  }

  #send(path: string, method: string, signal?: AbortSignal): Promise<IncomingMessage> {
    const headers = { authorization: `Bearer ${this.#token}` };
    const address = { host: "127.0.0.1", port: this.#port, path, method, headers };
    return new Promise((resolve, reject) => {
      request({ ...address, ...(signal ? { signal } : {}) }, resolve)
        .once("error", reject)
        .end();
    });
  }
}
