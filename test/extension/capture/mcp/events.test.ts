import { expect, test } from "vitest";
import { Events } from "../../../../extension/capture/mcp/events.ts";

test.each<[string, string, string[], string[]]>([
  ["an event", 'event: message\nid: 1\ndata: {"a":1}\n\n', ['{"a":1}'], []],
  ["events without a type", "data: 1\n\ndata:2\n\n", ["1", "2"], []],
  ["data in several lines", 'data: {"a":\ndata: "ü"}\n\n', ['{"a":\n"ü"}'], []],
  ["other ends of lines", "data: 1\r\n\r\ndata: 2\r\rdata: 3\n\n", ["1", "2", "3"], []],
  ["comments, and events without data", ": ping\n\nevent: x\n\ndata: 1\n\n", ["1"], []],
  ["an event that is not whole", "data: 1\n\ndata: 2\n", ["1"], []],
  ["where the server wants to be asked", "event: endpoint\ndata: /m?id=1\n\ndata: 1\n\n", ["1"], ["/m?id=1"]],
])("%s, in whatever pieces", (_, text, texts, paths) => {
  for (const piece of [1, 2, 3, 1000]) {
    const told: string[] = [];
    const events = new Events(path => told.push(path));
    const bytes = Buffer.from(text);
    const found = [];
    for (let i = 0; i < bytes.length; i += piece) found.push(...events.take(bytes.subarray(i, i + piece)));
    expect([found, told]).toEqual([texts, paths]);
  }
});
