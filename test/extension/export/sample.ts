import type { Trace, TracePrompt, TraceStep } from "../../../extension/export/trace.ts";

const START = Date.parse("2026-11-20T10:00:00.000Z");
const tokens = { input: 10, output: 20, cacheRead: 300, cacheWrite5m: 40, cacheWrite1h: 5 };

let clock = START;

export function step(fields: Partial<TraceStep>): TraceStep {
  clock += 1000;
  return {
    ...{ id: `step-${clock}`, kind: "tool", name: "Bash", target: null, status: "ok", failure: null },
    ...{ startedAt: clock, durationMs: 500, added: 0, removed: 0, agentId: null, requestId: null },
    ...{ costUsd: 0.5, number: 1, saidBytes: 0, toldBytes: 0, waitedMs: 0, ...fields },
  };
}

export function prompt(text: string, steps: TraceStep[]): TracePrompt {
  const startedAt = (steps[0]?.startedAt ?? START) - 500;
  const endedAt = steps.at(-1)?.startedAt ?? START;
  return { id: `prompt-${startedAt}`, text, startedAt, endedAt, steps, tokens, costUsd: 1 };
}

export function trace(prompts: TracePrompt[], more: Partial<Trace> = {}): Trace {
  return {
    ...{
      id: "00000000-0000-4000-8000-000000000001",
      title: "A title",
      project: "/home/sam/dev/shop",
      branch: null,
    },
    ...{ models: ["claude-opus-5-5"], clientVersion: "2.1.329", startedAt: START, endedAt: clock },
    ...{ status: "done", statusSince: clock, asks: null, toolCalls: 1, errors: 0, edits: 0, linesAdded: 0 },
    ...{ linesRemoved: 0, tokens, costUsd: 1, unattributedUsd: 0, unpricedModels: [], parentId: null },
    ...{ prompts, requests: [], subagents: [], files: [], commits: [], changes: [], ...more },
  };
}

/** A session that says the same in all places where words can be. */
export function saying(words: string): Trace {
  const steps = [
    step({
      kind: "tool",
      name: words,
      target: words,
      input: { [words]: words, command: words },
      result: words,
    }),
    step({
      kind: "tool",
      name: "Edit",
      input: { file_path: words, old_string: words, new_string: `${words}!` },
    }),
    step({ kind: "response", name: null, target: words, text: words, agentId: "a" }),
    step({ status: "failed", failure: { type: "tool", code: words }, target: words, result: words }),
  ];
  const files = [{ path: words, added: 1, removed: 2, status: "changed" as const }];
  return trace([prompt(words, steps)], { title: words, project: words, models: [words], files });
}

/** Words that would be more than words where they are not escaped. */
export const HOSTILE = [
  `</pre></summary><script>document.title = "owned"</script>`,
  `<img src=x onerror="document.title = 'owned'">"'><svg onload=alert(1)>`,
  "`````\n</details>\n# A heading\n```js",
  "![x](http://evil.test/x.png) [link](javascript:alert(1)) <http://evil.test> www.evil.test a@evil.test",
  "| a | b |\n|---|---|\n- [ ] item\n1. one\n> quote\n***\n&lt;b&gt; &#60;i&#62; ~~~ $x$",
  "\u202egpj.exe \u0007\x1b[31mred\x1b[0m \u2028 \r\n\tend\\",
  "]]>--><!-- <style>*{display:none}</style><base href=http://evil.test><meta http-equiv=refresh content=0;http://evil.test>",
];
