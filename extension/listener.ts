/** A worker of `agent-trace record`: reads what passes in the thread that started it, and leaves notes of it in the inbox. */
import { parentPort, workerData } from "node:worker_threads";
import { Mailbox } from "./base/mailbox.ts";
import type { Passed, Recorded } from "./capture/mcp/passed.ts";
import { Listening } from "./listening.ts";

const recorded = workerData as Recorded;
const listening = new Listening(recorded, new Mailbox(recorded.dataDir));

parentPort?.on("message", (passed: Passed) => {
  listening.hear(passed);
  if (passed.kind === "bytes") parentPort?.postMessage(passed.bytes.length);
  if (passed.kind === "ended" && passed.conversation === undefined)
    void listening.close().finally(() => process.exit());
});
