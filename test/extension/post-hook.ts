import { readLease } from "../../extension/base/lease.ts";
import { askMeeting } from "../../extension/base/meeting.ts";
import { tokenOf } from "../../extension/base/token.ts";

/** Sends what a hook of Claude Code says to the owner of a data folder; answers the HTTP status. */
export async function postHook(dataDir: string, hook: object): Promise<number> {
  return post(dataDir, "/v1/hooks", hook);
}

/** Sends something to the owner of a data folder; answers the HTTP status. */
export async function post(dataDir: string, path: string, body: object): Promise<number> {
  return send(dataDir, path, JSON.stringify(body));
}

/** Sends the bytes of a body. */
export async function send(
  dataDir: string,
  path: string,
  body: string | Buffer<ArrayBuffer>,
  type = "application/json",
  method = "POST",
): Promise<number> {
  const token = tokenOf(dataDir);
  const port = await askMeeting(token, { generation: readLease(dataDir)?.generation ?? 0 });
  const headers = { authorization: `Bearer ${token}`, "content-type": type };
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers, body });
  return response.status;
}
