/**
 * One of several windows on the same data: sends an event every few milliseconds, to the owner if there is one and
 * else into the inbox, and says of each that it was taken. What is not acknowledged is sent again.
 */
import { request } from "node:http";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { readLease } from "../../extension/base/lease.ts";
import { Mailbox } from "../../extension/base/mailbox.ts";
import { askMeeting } from "../../extension/base/meeting.ts";
import { Owner } from "../../extension/base/owner.ts";
import { tokenOf } from "../../extension/base/token.ts";

/** What a participant tells the test. */
export type Said = { acked: string } | { joined: number } | { log: string };

const PAUSE = 4;

async function main([dataDir = "", recorder = ""]: string[]): Promise<void> {
  const say = (said: Said) => process.send?.(said);
  const owner = new Owner(recorder, { dataDir, folders: [join(dataDir, "none")], port: 0 }, log =>
    say({ log }),
  );
  const mailbox = new Mailbox(dataDir);
  const token = tokenOf(dataDir);
  let port: number | undefined;
  const learnPort = async () => {
    const answer = await askMeeting(token, { generation: readLease(dataDir)?.generation ?? 0 });
    port = typeof answer === "number" ? answer : undefined;
  };
  owner.statusChanged.on(({ kind }) => {
    port = undefined;
    if (kind !== "joined") return;
    say({ joined: Date.now() });
    void learnPort();
  });
  process.on("message", () => void owner.close().then(() => process.exit()));
  for (let n = 0; ; n++) {
    const id = `toolu-${process.pid}-${n}`;
    while (!(await send(id, port, token, mailbox))) await delay(20);
    say({ acked: id });
    await delay(PAUSE);
  }
}

/** Answers whether the event is safe. */
async function send(id: string, port: number | undefined, token: string, mailbox: Mailbox): Promise<boolean> {
  const hook = {
    session_id: `session-${process.pid}`,
    hook_event_name: "PreToolUse",
    tool_use_id: id,
    tool_name: "Bash",
  };
  try {
    if (port === undefined) await mailbox.put({ kind: "hook", at: Date.now(), body: hook });
    else if ((await post(port, token, JSON.stringify(hook))) !== 200) return false;
    return true;
  } catch {
    return false;
  }
}

function post(port: number, token: string, body: string): Promise<number | undefined> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const to = { host: "127.0.0.1", port, path: "/v1/hooks", method: "POST", headers };
  return new Promise((resolve, reject) => {
    request({ ...to, signal: AbortSignal.timeout(1000) }, response => {
      response.resume().once("end", () => resolve(response.statusCode));
    })
      .once("error", reject)
      .end(body);
  });
}

void main(process.argv.slice(2));
