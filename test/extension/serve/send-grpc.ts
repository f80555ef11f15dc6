import { Client, credentials, Metadata, type ServiceError } from "@grpc/grpc-js";
import type { OtlpSignal } from "../../../extension/capture/otlp/model.ts";

const SERVICES = { logs: "logs.v1.Logs", metrics: "metrics.v1.Metrics", traces: "trace.v1.Trace" };
const raw = (bytes: Buffer) => bytes;

/** Sends a message as an exporter would; answers the reply's bytes or the code of the refusal. */
export function sendGrpc(
  port: number,
  signal: OtlpSignal,
  body: Buffer,
  authorization: string,
  options = {},
): Promise<Buffer | number> {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure(), options);
  const metadata = new Metadata();
  if (authorization) metadata.set("authorization", authorization);
  const path = `/opentelemetry.proto.collector.${SERVICES[signal]}Service/Export`;
  return new Promise<Buffer | number>(resolve =>
    client.makeUnaryRequest(path, raw, raw, body, metadata, (error: ServiceError | null, reply) =>
      resolve(error ? error.code : (reply ?? Buffer.alloc(0))),
    ),
  ).finally(() => client.close());
}
