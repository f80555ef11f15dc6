import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { written } from "../../../extension/export/format.ts";
import { type FormatName, formatsIn } from "../../../extension/export/formats.ts";
import { type Trace, Traces, type Words } from "../../../extension/export/trace.ts";
import { answerLine, resultLine, titleLine, toolLine, userLine } from "../../lines.ts";
import { scratch } from "../../scratch.ts";
import { SAID } from "../clean/fake-secrets.ts";
import { openOwner } from "../open-owner.ts";

vi.setConfig({ hookTimeout: 60_000, testTimeout: 30_000 });

const FORMATS = formatsIn("dist");
const OWN = "Falcon-123";
const said = [...SAID.map(({ said }) => said), OWN];
// Of a key each line is one.
const secrets = [...SAID.flatMap(({ secret }) => secret.split("\n")), OWN].filter(Boolean);

let home: Awaited<ReturnType<typeof scratch>>;
let owner: ReturnType<typeof openOwner>;

// A secret of each kind in each place where words are.
beforeAll(async () => {
  const lines = said.flatMap((words, i) => [
    userLine(`Asked ${words}`),
    toolLine(`toolu_${i}`, "Bash", { command: `run-it ${words}`, env: { note: words } }),
    resultLine(`toolu_${i}`, i % 2 === 0, {}, `Came-out ${words}`),
    toolLine(`toolu_w${i}`, "Write", { file_path: `/tmp/${i}`, content: `line\n${words}\n` }),
    resultLine(`toolu_w${i}`, false, { toolUseResult: changed(`/tmp/${i}`, `line\n${words}\n`) }),
    answerLine(`Answered ${words}`),
  ]);
  home = await scratch({ ".claude/projects/p/a.jsonl": titleLine(`Called ${said[0]}`) + lines.join("") });
  owner = openOwner(home.path, { redact: ["Falcon-\\d+"] });
  await vi.waitFor(() => expect(owner.status.kind).toBe("joined"), 20_000);
  await owner.ready();
});

afterAll(async () => {
  await owner?.close();
  await home?.[Symbol.asyncDispose]();
});

/** What the client notes of a file that was written. */
function changed(filePath: string, text: string): object {
  const lines = text.split("\n").map(line => `+${line}`);
  return { filePath, structuredPatch: [{ oldStart: 1, newStart: 1, lines }] };
}

async function* all(words: Words): AsyncGenerator<Trace> {
  const traces = await Traces.open(owner, words);
  for (const { id } of await owner.sessions()) yield traces.of(id);
}

async function textOf(name: FormatName, words: Words): Promise<string> {
  let text = "";
  for await (const piece of written(FORMATS[name], all(words))) text += piece;
  // The page around the sessions has words of its own.
  return text.slice(FORMATS[name].begin.length, text.length - FORMATS[name].end.length);
}

describe.each(Object.keys(FORMATS) as FormatName[])("as %s", name => {
  test("no secret leaves, and the words around it do", async () => {
    const text = await textOf(name, "all");
    expect(secrets.filter(secret => text.includes(secret))).toEqual([]);
    expect(text).toContain("redacted");
    expect(text).toContain("run-it");
  });

  test("of numbers only, no words leave", async () => {
    const text = await textOf(name, "none");
    expect(text.match(/Asked|run-it|Came-out|Answered|Called|\/tmp\/\d/g)).toBeNull();
  });

  test("of prompts, what was answered stays", async () => {
    const text = await textOf(name, "prompts");
    // Markdown escapes the hyphen in lines of its own.
    expect(text.match(/run\\?-it/)).not.toBeNull();
    expect(text.match(/Came-out|Answered/g)).toBeNull();
  });
});

test("what leaves as JSON is what the owner says", async () => {
  const [row] = await owner.sessions();
  const session = await owner.session(row?.id ?? "");
  const [left] = JSON.parse(`[${await textOf("json", "all")}]`) as Trace[];
  const numbers = ({ steps, costUsd }: Trace["prompts"][0] | (typeof session)["prompts"][0]) => [
    ...[costUsd, steps.length],
    ...steps.map(({ id, kind, name, status, durationMs, costUsd }) => [
      id,
      kind,
      name,
      status,
      durationMs,
      costUsd,
    ]),
  ];
  expect(left?.prompts.map(numbers)).toEqual(session.prompts.map(numbers));
  expect(left).not.toHaveProperty("transcript");
});
