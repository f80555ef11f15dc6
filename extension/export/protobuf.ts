import { PbfWriter } from "pbf";
import type { Fields, Scalar } from "../capture/otlp/schema.ts";

/** Writes OTLP/JSON as the protobuf that it stands for; what `fields` doesn't name is left out. */
export function writeProtobuf(message: object, fields: Fields): Uint8Array {
  const writer = new PbfWriter();
  write(message, fields, writer);
  return writer.finish();
}

function write(message: object, fields: Fields, writer: PbfWriter): void {
  const values = new Map<string, unknown>(Object.entries(message));
  for (const [key, [name, type]] of Object.entries(fields)) {
    const [number, value] = [Number(key), values.get(name)];
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value])
      if (isScalar(type)) WRITE[type](writer, number, String(item));
      else writer.writeMessage(number, (inner: object, writer) => write(inner, type, writer), item);
  }
}

function isScalar(type: Scalar | Fields): type is Scalar {
  return typeof type === "string";
}

const WRITE: Record<Scalar, (writer: PbfWriter, number: number, value: string) => void> = {
  text: (writer, number, value) => writer.writeStringField(number, value),
  hex: (writer, number, value) => writer.writeBytesField(number, Buffer.from(value, "hex")),
  base64: (writer, number, value) => writer.writeBytesField(number, Buffer.from(value, "base64")),
  bool: (writer, number, value) => writer.writeBooleanField(number, value === "true"),
  int64: (writer, number, value) => writer.writeVarintField(number, Number(value)),
  double: (writer, number, value) => writer.writeDoubleField(number, Number(value)),
  fixed64,
  sfixed64: fixed64,
};

const FIXED64 = 1;

/** In halves, as pbf would make a number of it that isn't exact. */
function fixed64(writer: PbfWriter, number: number, value: string): void {
  const exact = BigInt.asUintN(64, BigInt(value));
  writer.writeTag(number, FIXED64);
  writer.writeFixed32(Number(exact & 0xffffffffn));
  writer.writeFixed32(Number(exact >> 32n));
}
