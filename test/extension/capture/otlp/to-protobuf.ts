import { PbfWriter } from "pbf";
import type { OtlpSignal } from "../../../../extension/capture/otlp/model.ts";
import { type Field, type Fields, requests, type Scalar } from "../../../../extension/capture/otlp/schema.ts";

type Json = Record<string, unknown>;

/** Writes a request of OTLP/JSON as protobuf, field by field of our table. */
export function toProtobuf(signal: OtlpSignal, request: Json): Buffer {
  const writer = new PbfWriter();
  writeFields(writer, requests[signal], request);
  return Buffer.from(writer.finish());
}

function writeFields(writer: PbfWriter, fields: Fields, message: Json): void {
  for (const [number, [name, type, repeated]] of Object.entries(fields) as [string, Field][]) {
    const values = repeated ? ((message[name] ?? []) as unknown[]) : [message[name]];
    for (const value of values.filter(value => value !== undefined)) {
      if (typeof type === "string") WRITE[type](writer, Number(number), value as never);
      else writer.writeMessage(Number(number), (_, inner) => writeFields(inner, type, value as Json), value);
    }
  }
}

const WRITE: Record<Scalar, (writer: PbfWriter, field: number, value: never) => void> = {
  text: (writer, field, value: string) => writer.writeStringField(field, value),
  hex: (writer, field, value: string) => writer.writeBytesField(field, Buffer.from(value, "hex")),
  base64: (writer, field, value: string) => writer.writeBytesField(field, Buffer.from(value, "base64")),
  bool: (writer, field, value: boolean) => writer.writeBooleanField(field, value),
  double: (writer, field, value: number | string) => writer.writeDoubleField(field, Number(value)),
  fixed64: writeFixed,
  sfixed64: writeFixed,
  int64: (writer, field, value: number | string) => {
    writer.writeTag(field, 0);
    let left = BigInt.asUintN(64, BigInt(value));
    const bytes: number[] = [];
    for (; left > 127n; left >>= 7n) bytes.push(Number(left & 127n) | 128);
    for (const byte of [...bytes, Number(left)]) writeByte(writer, byte);
  },
};

function writeFixed(writer: PbfWriter, field: number, value: number | string): void {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)));
  writer.writeTag(field, 1);
  for (const byte of bytes) writeByte(writer, byte);
}

function writeByte(writer: PbfWriter, byte: number): void {
  writer.realloc(1);
  writer.buf[writer.pos] = byte;
  writer.pos += 1;
}
