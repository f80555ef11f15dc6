import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

interface Request {
  stream?: boolean;
  model: string;
  tools?: unknown[];
  messages: { content: string | { type: string }[] }[];
}

/**
 * Stands in for the model: has a shell command run `calls` times, one after the other, then says that it is done.
 * How far it is, the messages tell, so that any number of sessions can talk to it.
 */
export async function startModel(calls: number) {
  const server = createServer(async (request, response) => {
    if (request.method !== "POST" || !request.url?.startsWith("/v1/messages")) return response.end("{}");
    const asked = (await json(request)) as Request;
    if (request.url.includes("count_tokens")) return response.end('{"input_tokens":100}');
    answer(response, asked, blockFor(asked, calls));
  });
  await new Promise<void>(resolve => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

type Block = { type: "text"; text: string } | { type: "tool_use"; id: string; name: string; input: object };

function blockFor({ tools, messages }: Request, calls: number): Block {
  const done = messages.flatMap(({ content }) => (typeof content === "string" ? [] : content));
  const count = done.filter(({ type }) => type === "tool_result").length;
  if (!tools?.length || count >= calls) return { type: "text", text: "Done." };
  const input = { command: `echo ${count}`, description: "Say a number" };
  return { type: "tool_use", id: `toolu_live_${count}`, name: "Bash", input };
}

const USAGE = {
  input_tokens: 10,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  output_tokens: 20,
};

function answer(response: ServerResponse, { stream, model }: Request, block: Block): void {
  const message = { id: `msg_${Date.now()}`, type: "message", role: "assistant", model, stop_sequence: null };
  const stop_reason = block.type === "tool_use" ? "tool_use" : "end_turn";
  response.setHeader("request-id", `req_${Date.now()}`);
  if (!stream) {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ ...message, content: [block], stop_reason, usage: USAGE }));
    return;
  }
  response.setHeader("content-type", "text/event-stream");
  const tell = (type: string, said: object) =>
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...said })}\n\n`);
  const isTool = block.type === "tool_use";
  tell("message_start", { message: { ...message, content: [], stop_reason: null, usage: USAGE } });
  tell("content_block_start", {
    index: 0,
    content_block: isTool ? { ...block, input: {} } : { type: "text", text: "" },
  });
  const delta = isTool
    ? { type: "input_json_delta", partial_json: JSON.stringify(block.input) }
    : { type: "text_delta", text: block.text };
  tell("content_block_delta", { index: 0, delta });
  tell("content_block_stop", { index: 0 });
  tell("message_delta", { delta: { stop_reason, stop_sequence: null }, usage: USAGE });
  tell("message_stop", {});
  response.end();
}
