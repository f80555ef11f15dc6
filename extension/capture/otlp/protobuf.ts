import { PbfReader } from "pbf";
import { type Json, Malformed } from "./fields.ts";
import type { Field, Fields, Scalar } from "./schema.ts";

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;

/** Protobuf's own readers stop at this depth too. */
const DEEPEST = 100;
/** Empty values take two bytes each but many in memory, and time: more than in any real request are refused. */
export const MOST_VALUES = 1_000_000;

/** Reads protobuf as the JSON that it stands for; what `fields` doesn't name is skipped. */
export function readProtobuf(body: Buffer, fields: Fields): Json {
  try {
    return new Messages(body).read(fields, body.length, 0);
  } catch {
    throw new Malformed("The body is not OTLP in protobuf.");
  }
}

class Messages {
  readonly #body: Buffer;
  readonly #reader: PbfReader;
  #left = MOST_VALUES;

  constructor(body: Buffer) {
    this.#body = body;
    this.#reader = new PbfReader(body);
  }

  read(fields: Fields, end: number, depth: number): Json {
    const reader = this.#reader;
    this.#left -= 1;
    if (end > this.#body.length || depth > DEEPEST || this.#left < 0) throw new Error("too much");
    const found: Json = {};
    for (let number = reader.nextField(end); number > 0; number = reader.nextField(end)) {
      const field = fields[number];
      // A field of another type than ours is as unknown as one of another number.
      if (field && reader.type === wireOf(field)) this.#add(found, field, depth);
    }
    if (reader.pos !== end) throw new Error("cut off");
    return found;
  }

  #add(found: Json, [name, type, repeated]: Field, depth: number): void {
    const value = typeof type === "string" ? this.#scalar(type) : this.read(type, this.#end(), depth + 1);
    if (!repeated) found[name] = value;
    else if (Array.isArray(found[name])) found[name].push(value);
    else found[name] = [value];
  }

  #scalar(type: Scalar): unknown {
    switch (type) {
      case "text":
        return this.#bytes("utf8");
      case "hex":
      case "base64":
        return this.#bytes(type);
      case "bool":
        return this.#reader.readBoolean();
      case "int64":
        return this.#int64();
      case "double":
        return this.#reader.readDouble();
      case "fixed64":
        return String(this.#fixed().getBigUint64(0, true));
      case "sfixed64":
        return String(this.#fixed().getBigInt64(0, true));
    }
  }

  #end(): number {
    return this.#reader.readVarint() + this.#reader.pos;
  }

  #bytes(encoding: BufferEncoding): string {
    const end = this.#end();
    const text = this.#body.toString(encoding, this.#reader.pos, end);
    this.#reader.pos = end;
    return text;
  }

  /** As text where a number would not be exact. */
  #int64(): number | string {
    const start = this.#reader.pos;
    const value = this.#reader.readVarint(true);
    if (Number.isSafeInteger(value)) return value;
    let exact = 0n;
    for (const byte of this.#body.subarray(start, this.#reader.pos).reverse()) {
      exact = (exact << 7n) | BigInt(byte & 0x7f);
    }
    return String(BigInt.asIntN(64, exact));
  }

  /** Eight bytes, which pbf would read as a number that isn't exact. */
  #fixed(): DataView {
    const { dataView, pos } = this.#reader;
    this.#reader.pos += 8;
    return new DataView(dataView.buffer, dataView.byteOffset + pos, 8);
  }
}

const WIRE: Record<Scalar, number> = {
  ...{ text: BYTES, hex: BYTES, base64: BYTES, bool: VARINT, int64: VARINT },
  ...{ double: FIXED64, fixed64: FIXED64, sfixed64: FIXED64 },
};

function wireOf([, type]: Field): number {
  return typeof type === "string" ? WIRE[type] : BYTES;
}
