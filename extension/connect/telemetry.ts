import { reason } from "../base/expected-error.ts";

/** Sends empty telemetry as Claude Code would; answers why it was not taken, if it was not. */
export async function tryTelemetry(port: number, token: string): Promise<string | undefined> {
  const headers = { "content-type": "application/x-protobuf", authorization: `Bearer ${token}` };
  const [body, signal] = [new Uint8Array(), AbortSignal.timeout(3000)];
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/v1/logs`, { method: "POST", headers, body, signal });
    return answer.ok ? undefined : `port ${port} answered ${answer.status}`;
  } catch (error) {
    return reason(error);
  }
}
