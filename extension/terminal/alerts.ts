import { alertWords } from "../base/alert-words.ts";
import { count, moment } from "../base/format.ts";
import { asJson } from "./json.ts";
import { whole } from "./misuse.ts";
import { reading } from "./progress.ts";
import { sinceOf } from "./since.ts";
import type { Verb } from "./verb.ts";
import { shown } from "./width.ts";

export const alerts: Verb = {
  does: "what was told of: budgets, errors, silent agents",
  more: "What is still so has a mark. The rules are those of VS Code's settings agentTrace.budgets and\nagentTrace.alerts where it records, else those that were put at /api/alerts, which /api/openapi.json describes.",
  options: ["since", "limit"],
  examples: ["agent-trace alerts --since 7d", "agent-trace alerts --json | jq '.[0].deliveries'"],
  paged: true,
  async run(terminal) {
    const { owner, json, print, options, paint } = terminal;
    await reading(terminal);
    const wanted = {
      ...(options.since !== undefined && { since: sinceOf(options.since, Date.now()) }),
      ...(options.limit !== undefined && { limit: whole(options.limit, "--limit") }),
    };
    const told = await owner.alerts.history(wanted);
    if (json) return print(asJson(told));
    for (const alert of told) {
      const mark = alert.endedAt === null ? paint("red", "!") : " ";
      print(`${mark} ${paint("dim", moment(alert.at, Date.now()).padEnd(15))}  ${shown(alertWords(alert))}`);
      for (const { way, state, why } of alert.deliveries)
        if (state === "failed") print(paint("dim", `${" ".repeat(19)}not sent by ${way}: ${why}`));
    }
    const { rules } = await owner.alerts.rules();
    if (told.length > 0) return;
    print(
      rules.length > 0
        ? `There was nothing to tell of, by ${count(rules.length, "rule")}.`
        : "There are no rules to tell by. agent-trace alerts --help says where to give some.",
    );
  },
};
