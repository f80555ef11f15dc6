import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { fetchPrices, PRICE_SOURCE } from "../../../extension/views/fetch-prices.ts";

async function serving(answer: RequestListener) {
  const server = createServer(answer);
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/data.json`;
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url, [Symbol.dispose]: stop };
}

test("the list comes as it is, and nothing is sent but the request", async () => {
  const seen: unknown[] = [];
  using source = await serving((request, response) => {
    seen.push([request.method, request.url, request.headers.cookie, request.headers.authorization]);
    response.end("[1]");
  });
  expect(await fetchPrices(source.url)).toBe("[1]");
  expect(seen).toEqual([["GET", "/data.json", undefined, undefined]]);
  expect(PRICE_SOURCE).toMatch(/^https:.*genai-prices/);
});

test.each<[string, RequestListener, RegExp]>([
  ["is not there", (_, response) => void response.writeHead(404).end(), /the server answers 404/],
  ["never comes", () => {}, /could not be fetched/],
  ["is far too long", (_, response) => void response.end("x".repeat(5_000_000)), /far too long/],
])("a list that %s is told of", async (_, answer, why) => {
  using source = await serving(answer);
  await expect(fetchPrices(source.url, 2000)).rejects.toThrow(why);
  await expect(fetchPrices(source.url, 2000)).rejects.toThrow("The prices stay as they were");
});
