import { join } from "node:path";
import { ExpectedError } from "../base/expected-error.ts";
import { bearer } from "./bearer.ts";
import type { GrpcServer, serveGrpc } from "./grpc.ts";
import { answerExport, MOST_BYTES, type Receive } from "./otlp-answer.ts";

export interface GrpcStart {
  port: number;
  token: string;
  receive: Receive;
  /** Loads the bundle; tests take the source. */
  load?(): GrpcBundle | Promise<GrpcBundle>;
}

interface GrpcBundle {
  serveGrpc: typeof serveGrpc;
}

/** Receives OTLP over gRPC. Its library is loaded by this, so that it costs nothing where it is not wanted. */
export async function startGrpc({ port, token, receive, load = bundle }: GrpcStart): Promise<GrpcServer> {
  const { serveGrpc } = await load();
  try {
    return await serveGrpc({
      port,
      mostBytes: MOST_BYTES,
      holdsToken: bearer(token),
      answer: (signal, body) => answerExport(signal, body, "protobuf", receive),
    });
  } catch (cause) {
    throw new ExpectedError(
      `OpenTelemetry over gRPC can't use port ${port}: another program may hold it. Choose another port.`,
      { cause },
    );
  }
}

function bundle(): GrpcBundle {
  return require(join(__dirname, "grpc.js"));
}
