import type { IncomingHttpHeaders } from "node:http";
import type { FastifyReply } from "fastify";
import type { Signal } from "../base/signal.ts";
import type { Api, Hint } from "../protocol.ts";
import type { ProgramEvent } from "../questions.ts";
import type { Receive } from "./otlp-answer.ts";
import type { Schema } from "./schema.ts";
import type { Feed } from "./stream.ts";

/** What the server hands on. */
export interface Served {
  api: Api;
  hints: Signal<Hint>;
  /** Resolves when what a hook said is safe on the disk. */
  receive(hook: unknown): Promise<void>;
  /** Resolves when what OpenTelemetry told is safe on the disk. */
  receiveTelemetry: Receive;
  /** Resolves when what programs told of themselves is safe on the disk. */
  receiveEvents(events: ProgramEvent[]): Promise<void>;
  token: string;
  log(line: string): void;
}

/** What is told of a path to those who ask for its description. */
export interface Described {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** As in /api/sessions/:id. */
  path: string;
  does: string;
  query?: Schema;
  body?: Schema;
  answers: string;
  /** What kind of answer, when it is not JSON. */
  type?: string;
  /** Answered without a token. */
  open?: true;
}

/** What was asked for. By then it is as `query` and `body` say, so that a handler may name the types of these. */
export interface Asked {
  params: unknown;
  query: unknown;
  body: unknown;
  headers: IncomingHttpHeaders;
}

export interface Route extends Described {
  handle(served: Served & { feed: Feed }, asked: Asked, reply: FastifyReply): unknown;
}
