import { gzipSync } from "node:zlib";
import fastify from "fastify";
import { expect, test } from "vitest";
import type { OtlpSignal } from "../../../extension/capture/otlp/model.ts";
import { otlpRoutes } from "../../../extension/serve/otlp.ts";
import { sentBy } from "../capture/otlp/fixtures.ts";
import { toProtobuf } from "../capture/otlp/to-protobuf.ts";
import { chance } from "../chance.ts";

/** What Claude Code sent, spoiled in every way: it is taken or refused, and never anybody's fault but the sender's. */
const BODIES = 3000;
const random = chance(7);
const SIGNALS = ["logs", "metrics", "traces"] as const;

const STRANGE = [
  null,
  true,
  -1,
  1e308,
  2 ** 63,
  "",
  "\0",
  "NaN",
  "99999999999999999999",
  [],
  {},
  [[[[]]]],
  [null],
];

/** The same with some values in it replaced by what nobody would put there, or gone. */
function otherTypes(value: unknown): unknown {
  if (random.below(60) === 0) return random.pick(STRANGE);
  if (Array.isArray(value)) return value.map(otherTypes);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(() => random.below(100) > 0);
  return Object.fromEntries(kept.map(([name, inner]) => [name, otherTypes(inner)]));
}

type Spoil = (body: Buffer, all: Buffer[]) => Buffer;

const anywhere = (body: Buffer) => random.below(body.length);
const SPOILS: Record<string, Spoil> = {
  whole: body => body,
  "cut off": body => body.subarray(0, anywhere(body)),
  headless: body => body.subarray(anywhere(body)),
  glued: (body, all) => Buffer.concat([body.subarray(0, anywhere(body)), random.pick(all)]),
  "with a piece twice": body => {
    const [from, to] = [anywhere(body), anywhere(body)];
    return Buffer.concat([body.subarray(0, to), body.subarray(from)]);
  },
  "with bytes changed": body => {
    const spoiled = Buffer.from(body);
    for (let left = 1 + random.below(8); left > 0; left--) spoiled[anywhere(body)] = random.below(256);
    return spoiled;
  },
  "with its end overwritten": body => {
    const spoiled = Buffer.from(body);
    return spoiled.fill(random.pick([0x00, 0x39, 0x7f, 0xff]), anywhere(body)).subarray(0, body.length);
  },
  noise: body => Buffer.from(Array.from({ length: 1 + (body.length % 300) }, () => random.below(256))),
};
const BYTEWISE = Object.values(SPOILS);
const names = [...Object.keys(SPOILS), "of other types"];

type Json = Record<string, unknown>;
const WRITE: Record<string, (signal: OtlpSignal, json: Json) => Buffer> = {
  "application/json": (_, json) => Buffer.from(JSON.stringify(json)),
  "application/x-protobuf": toProtobuf,
};

const sent = sentBy("otlp-all-content").map(({ signal, body }) => ({ signal, json: JSON.parse(`${body}`) }));
const written = Object.fromEntries(
  Object.entries(WRITE).map(([type, write]) => [type, sent.map(({ signal, json }) => write(signal, json))]),
);

/** A request that is spoiled in one way, and now and then comes to the wrong address or badly packed. */
function spoiledRequest(type: string) {
  const all = written[type] ?? [];
  const at = random.below(sent.length);
  const [{ signal, json }, body] = [sent[at], all[at]] as [(typeof sent)[number], Buffer];
  const spoil = SPOILS[random.pick(names)];
  const spoiled = spoil ? spoil(body, all) : Buffer.from(JSON.stringify(otherTypes(json)));
  const url = `/v1/${random.below(8) > 0 ? signal : random.pick(SIGNALS)}`;
  if (random.below(4) > 0) return { url, headers: { "content-type": type }, body: spoiled };
  const packed = gzipSync(spoiled);
  const headers = { "content-type": type, "content-encoding": "gzip" };
  return { url, headers, body: random.below(4) > 0 ? packed : random.pick(BYTEWISE)(packed, all) };
}

test.each(Object.keys(WRITE))(
  `${BODIES} spoiled bodies of %s are taken or refused`,
  async type => {
    const server = fastify();
    let records = 0;
    otlpRoutes(server, async batch => {
      expect(JSON.parse(JSON.stringify(batch))).toMatchObject({ signal: batch.signal });
      records += batch.records.length;
    });
    const seen: Record<string, number> = {};
    for (let left = BODIES; left > 0; left--) {
      const { statusCode } = await server.inject({ method: "POST", ...spoiledRequest(type) });
      seen[statusCode] = (seen[statusCode] ?? 0) + 1;
    }
    expect(Object.keys(seen)).toEqual(["200", "400"]);
    expect(seen[200]).toBeGreaterThan(BODIES / 10);
    expect(seen[400]).toBeGreaterThan(BODIES / 10);
    expect(records).toBeGreaterThan(BODIES);
    await server.close();
  },
  60_000,
);
