import { PbfWriter } from "pbf";
import { reason } from "../base/expected-error.ts";
import { decode, type Form } from "../capture/otlp/decode.ts";
import { Malformed } from "../capture/otlp/fields.ts";
import type { Batch, Decoded, OtlpSignal } from "../capture/otlp/model.ts";

/** Larger requests are refused, and so are those that grow larger when they are unpacked. */
export const MOST_BYTES = 16 * 1024 * 1024;

/** Resolves when the records are safe on the disk. */
export type Receive = (batch: Batch) => Promise<void>;

/** What the sender is told, in its own form; `error` is the same for a log or a status line. */
export interface Answer {
  status: 200 | 400 | 503;
  body: Buffer;
  error?: string;
}

/** Takes an export request. Only what could not be stored may be sent again; what is malformed would stay so. */
export async function answerExport(
  signal: OtlpSignal,
  body: Buffer,
  form: Form,
  receive: Receive,
): Promise<Answer> {
  const refuse = (status: 400 | 503, error: string) => ({ status, error, body: problem(error, form) });
  try {
    const decoded = decode(signal, body, form);
    try {
      if (decoded.records.length > 0) await receive(decoded);
    } catch (error) {
      return refuse(503, `The records could not be stored: ${reason(error)}`);
    }
    return { status: 200, body: success(decoded, form) };
  } catch (error) {
    if (error instanceof Malformed) return refuse(400, error.message);
    throw error;
  }
}

const REJECTED = {
  logs: "rejectedLogRecords",
  metrics: "rejectedDataPoints",
  traces: "rejectedSpans",
} as const satisfies Record<OtlpSignal, string>;

/** An Export…ServiceResponse: empty, or with the number of records that were left out. */
function success({ signal, rejected, why }: Decoded, form: Form): Buffer {
  if (rejected === 0) return Buffer.from(form === "json" ? "{}" : "");
  if (form === "json") {
    const partialSuccess = { [REJECTED[signal]]: String(rejected), errorMessage: why };
    return Buffer.from(JSON.stringify({ partialSuccess }));
  }
  return written(reply =>
    reply.writeMessage(
      1,
      (_, partial) => {
        partial.writeVarintField(1, rejected);
        partial.writeStringField(2, why);
      },
      undefined,
    ),
  );
}

/** A google.rpc.Status, as which OTLP/HTTP wants its errors told. */
export function problem(message: string, form: Form): Buffer {
  if (form === "json") return Buffer.from(JSON.stringify({ message }));
  return written(status => status.writeStringField(2, message));
}

function written(write: (writer: PbfWriter) => void): Buffer {
  const writer = new PbfWriter();
  write(writer);
  return Buffer.from(writer.finish());
}
