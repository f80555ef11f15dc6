import { mkdir } from "node:fs/promises";
import { connect, subjectOf, wantedOf } from "../../extension/connect/connection.ts";
import { proposeConnect } from "../../extension/connect/settings-file.ts";
import { openOwner } from "../extension/open-owner.ts";
import { scratch } from "../scratch.ts";
import { runClient } from "./client.ts";

/** Runs the client connected to a real recorder; answers what the store knows beside what the client said. */
export async function compareStore(client: string[], model: number, calls: number) {
  await using home = await scratch();
  await mkdir(home.at(".claude"));
  await using owner = openOwner(home.path);
  await owner.ready();
  const subject = await subjectOf(owner.place);
  const wanted = await wantedOf(subject, { tier: 1, telemetry: true, hooks: "command" });
  await connect(await proposeConnect(subject.path, wanted), subject.side, "media/hook.sh");
  const run = await runClient(client, home.path, model);
  const { cost } = JSON.parse(run.answer) as { cost: string };
  // The last hook and the last telemetry are on their way when the client is gone.
  for (let left = 50; left > 0; left--) {
    const [session] = await owner.sessions();
    const { heard } = await owner.state();
    const known = session && session.costUsd + session.unattributedUsd;
    const isAll = known?.toFixed(9) === cost && session?.toolCalls === calls && session.status === "done";
    if (isAll || left === 1)
      return {
        "store is the script": isAll,
        "tool calls": `${session?.toolCalls} of ${calls}`,
        cost: `$${known?.toFixed(9)} of $${cost}`,
        state: session?.status,
        heard: Object.keys(heard).sort().join(", "),
      };
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  throw new Error("There is always an answer.");
}
