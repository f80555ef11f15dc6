import { buffer } from "node:stream/consumers";
import { expect, test } from "vitest";
import { OurEndpoint } from "../../../../extension/capture/mcp/endpoint.ts";

const theirs = "http://localhost:3001";
const ours = "http://127.0.0.1:9000";

async function passed(text: string, piece: number): Promise<string> {
  const stream = new OurEndpoint(theirs, ours);
  const bytes = Buffer.from(text);
  for (let i = 0; i < bytes.length; i += piece) stream.write(bytes.subarray(i, i + piece));
  stream.end();
  return (await buffer(stream)).toString();
}

const at = (origin: string, ...rest: string[]) =>
  ["event: endpoint", `data: ${origin}/m?id=ü`, "", ...rest].join("\n");

test.each<[string, string, string]>([
  ["its own address", at(theirs, "data: 1", "", ""), at(ours, "data: 1", "", "")],
  [
    "its own name by itself",
    "event:endpoint\ndata:HTTP://LocalHost:3001\n\n",
    `event:endpoint\ndata:${ours}\n\n`,
  ],
  ["after comments", `: hello\n\nretry: 5\n\n${at(theirs, "")}`, `: hello\n\nretry: 5\n\n${at(ours, "")}`],
  ["the type said last", `data: ${theirs}/m\nevent: endpoint\n\n`, `data: ${ours}/m\nevent: endpoint\n\n`],
  [
    "other ends of lines",
    `event: endpoint\r\ndata: ${theirs}/m\r\n\r\ndata: 1\r\n\r\n`,
    `event: endpoint\r\ndata: ${ours}/m\r\n\r\ndata: 1\r\n\r\n`,
  ],
])("%s becomes ours, in whatever pieces", async (_, text, expected) => {
  for (const piece of [1, 2, 3, 1000]) expect(await passed(text, piece)).toBe(expected);
});

test.each<[string, string]>([
  ["an address without a name", "event: endpoint\ndata: /m?id=1\n\n"],
  ["that of another server", at("http://localhost:3002", "")],
  ["one that only begins like it", at(`${theirs}0`, "")],
  ["what comes later", `data: 1\n\n${at(theirs, "")}`],
  ["a message that quotes it", `event: message\ndata: ${theirs}/m\n\n`],
  ["an event that is not whole", `event: endpoint\ndata: ${theirs}/m\n`],
  ["what is no event", "x".repeat(100_000)],
  ["many comments", ": ping\n\n".repeat(20_000)],
])("%s stays as it is", async (_, text) => {
  for (const piece of [7, 100_000]) expect(await passed(text, piece)).toBe(text);
});

test("comments and later events pass as they come, as they keep a connection alive", async () => {
  const stream = new OurEndpoint(theirs, ours);
  const got: string[] = [];
  stream.on("data", piece => got.push(String(piece)));
  for (const piece of [": ping\n\n", ": ping\n\n", at(theirs, ""), "data: ", "1\n\n"]) {
    stream.write(piece);
    await new Promise(setImmediate);
  }
  expect(got.filter(Boolean)).toEqual([": ping\n\n", ": ping\n\n", at(ours, ""), "data: ", "1\n\n"]);
});
