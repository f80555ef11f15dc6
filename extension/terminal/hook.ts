import { text } from "node:stream/consumers";
import { takeHook } from "../connect/take-hook.ts";
import { placeOf } from "./place.ts";
import type { Verb } from "./verb.ts";

/** Takes in one hook from the standard input. It is part of somebody's work there: it says nothing and never fails. */
export const hook: Verb = {
  does: "take in one hook's JSON from the standard input, for hooks of your own",
  examples: ['echo \'{"session_id": "…", "hook_event_name": "Stop"}\' | agent-trace hook'],
  async run({ options }) {
    try {
      const json = await text(process.stdin);
      await takeHook(placeOf(options).dataDir, json);
    } catch {}
  },
};
