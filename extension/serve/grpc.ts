/** OTLP over gRPC. A bundle of its own, which is loaded only when it is wanted: see start-grpc.ts. */
import {
  status as codes,
  logVerbosity,
  Server,
  ServerCredentials,
  ServerInterceptingCall,
  type ServerInterceptor,
  type ServiceDefinition,
  setLogVerbosity,
  type UntypedHandleCall,
} from "@grpc/grpc-js";
import type { OtlpSignal } from "../capture/otlp/model.ts";
import type { Answer } from "./otlp-answer.ts";

export interface GrpcOptions {
  port: number;
  mostBytes: number;
  holdsToken(authorization: string | undefined): boolean;
  answer(signal: OtlpSignal, body: Buffer): Promise<Answer>;
}

export interface GrpcServer {
  port: number;
  close(): void;
}

const SERVICES: Record<OtlpSignal, string> = {
  logs: "logs.v1.LogsService",
  metrics: "metrics.v1.MetricsService",
  traces: "trace.v1.TraceService",
};

/** Serves on this machine only; rejects when the port is taken. */
export async function serveGrpc({ port, mostBytes, holdsToken, answer }: GrpcOptions): Promise<GrpcServer> {
  setLogVerbosity(logVerbosity.NONE); // it would write to the editor's own output
  const server = new Server({
    "grpc.max_receive_message_length": mostBytes,
    interceptors: [guard(holdsToken)],
  });
  for (const signal of Object.keys(SERVICES) as OtlpSignal[])
    server.addService(serviceOf(signal), { export: handler(signal, answer) });
  const bound = await new Promise<number>((resolve, reject) =>
    server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, at) =>
      error ? reject(error) : resolve(at),
    ),
  );
  return { port: bound, close: () => server.forceShutdown() };
}

/** Turns away whoever has no token before anything of the message is read. */
function guard(holdsToken: GrpcOptions["holdsToken"]): ServerInterceptor {
  return (_method, call) =>
    new ServerInterceptingCall(call, {
      start: next =>
        next({
          onReceiveMetadata(metadata, pass) {
            if (holdsToken(metadata.get("authorization")[0]?.toString())) pass(metadata);
            else call.sendStatus({ code: codes.UNAUTHENTICATED, details: "The token is missing or wrong." });
          },
        }),
    });
}

const raw = (message: Buffer) => message;

/** A service whose messages are read by us, not by gRPC. */
function serviceOf(signal: OtlpSignal): ServiceDefinition {
  return {
    export: {
      path: `/opentelemetry.proto.collector.${SERVICES[signal]}/Export`,
      requestStream: false,
      responseStream: false,
      ...{ requestSerialize: raw, requestDeserialize: raw, responseSerialize: raw, responseDeserialize: raw },
    },
  };
}

const CODES = { 400: codes.INVALID_ARGUMENT, 503: codes.UNAVAILABLE };

function handler(signal: OtlpSignal, answer: GrpcOptions["answer"]): UntypedHandleCall {
  return (call: { request: Buffer }, done: (error: object | null, body?: Buffer) => void) =>
    void answer(signal, call.request)
      .then(({ status, body, error }) =>
        status === 200 ? done(null, body) : done({ code: CODES[status], details: error }),
      )
      .catch(() => done({ code: codes.INTERNAL, details: "The recorder failed." }));
}
