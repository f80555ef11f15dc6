import type { Chance } from "../../store/made-up/chance.ts";
import { type Call, failure, type Outcome, tokensOf, type Workshop } from "./call.ts";
import { editFile, writeFile } from "./edits.ts";
import { hex } from "./ids.ts";
import type { Part } from "./line-file.ts";
import { escaped } from "./pool.ts";
import { command, identifier } from "./words.ts";

const OFTEN: [share: number, make: (workshop: Workshop) => Call][] = [
  [0.31, readFile],
  [0.44, runCommand],
  [0.19, editFile],
  [0.04, writeFile],
  [0.0185, askServer],
  [0.0015, readPicture],
];

/** The next tool call of somebody who works on code. */
export function nextCall(workshop: Workshop): Call {
  let left = workshop.chance.next();
  for (const [share, make] of OFTEN) {
    left -= share;
    if (left < 0) return make(workshop);
  }
  return runCommand(workshop);
}

/** More lines are mostly not read at once. */
const MANY_LINES = 800;

function readFile({ chance, material, cwd }: Workshop): Call {
  const file = chance.pick(material.files);
  const path = escaped(`${cwd}/${file.path}`);
  const whole = chance.happens(file.lines > MANY_LINES ? 0.1 : 0.7);
  const from = whole ? 0 : chance.whole(0, file.lines - 1);
  const to = whole ? file.lines : Math.min(file.lines, from + chance.whole(1, 250));
  const range = whole ? "" : `,"offset":${from + 1},"limit":${to - from}`;
  const text = (pool: typeof file.plain) =>
    whole ? [pool.pieces(from, to)] : [pool.pieces(from, to - 1), pool.line(to - 1)];
  const run = (): Outcome => {
    const content = ['"', ...text(file.numbered), whole ? `${to + 1}\\t"` : '"'];
    const last = `","numLines":${to - from + Number(whole)},"startLine":${from + 1},"totalLines":${file.lines + 1}}}`;
    const result = [`{"type":"text","file":{"filePath":"${path}","content":"`, ...text(file.plain), last];
    return { content, result, tokens: tokensOf(content) };
  };
  return { tool: "Read", input: [`{"file_path":"${path}"${range}}`], run };
}

/** Longer output is put in a file, and cut to this in the transcript. */
const LONGEST_OUTPUT = 30_000;

function runCommand(workshop: Workshop): Call {
  const { chance } = workshop;
  const text = `{"command":"${escaped(command(chance))}","description":"${escaped(identifier(chance))} files"}`;
  const run = () => {
    if (chance.happens(0.06)) return failure(["Exit code 1\\n", printed(workshop, chance.skewed(20, 4000))]);
    if (chance.happens(0.03)) return commit(chance);
    if (chance.happens(0.015)) return longOutput(workshop);
    const output = printed(workshop, Math.floor(20 * 1400 ** chance.next()));
    return ended([output], [output], "");
  };
  return { tool: "Bash", input: [text], run };
}

function printed({ chance, material }: Workshop, length: number): Buffer {
  return material.output.take(chance, length);
}

function commit(chance: Chance): Outcome {
  const sha = hex(chance, 7);
  const text = `[main ${sha}] ${identifier(chance)} ${identifier(chance)}\\n 2 files changed, ${chance.whole(1, 90)} insertions(+)`;
  const operation = `,"gitOperation":{"commit":{"sha":"${sha}","kind":"committed","branch":"main"}}`;
  return ended([text], [text], operation);
}

function longOutput(workshop: Workshop): Outcome {
  const output = printed(workshop, LONGEST_OUTPUT);
  const path = `/home/sam/.claude/tool-results/${hex(workshop.chance, 9)}.txt`;
  const begin = `<persisted-output>\\nOutput too large (198.1KB). Full output saved to: ${path}\\n\\nPreview (first 2KB):\\n`;
  const preview = [begin, printed(workshop, 2000), "\\n...\\n</persisted-output>"];
  return ended(preview, [output], `,"persistedOutputPath":"${path}","persistedOutputSize":202893`);
}

function ended(content: Part[], stdout: Part[], more: string): Outcome {
  const last = `","stderr":"","interrupted":false,"isImage":false,"noOutputExpected":false${more}}`;
  return {
    ...{
      content: ['"', ...content, '"'],
      result: ['{"stdout":"', ...stdout, last],
      notes: '"sandboxed":false,',
    },
    ...{ tokens: tokensOf(content), failed: false },
  };
}

/** What a server answers is mostly short, and once in a while as long as a database. */
function askServer(workshop: Workshop): Call {
  const { chance } = workshop;
  const input = [`{"query":"${identifier(chance)}","limit":${chance.whole(1, 100)}}`];
  const run = (): Outcome => {
    if (chance.happens(0.08)) return failure(["The server did not answer in time."]);
    const huge = chance.happens(0.01);
    const texts = huge
      ? Array.from({ length: chance.whole(2, 6) }, () => printed(workshop, 400_000))
      : [printed(workshop, chance.skewed(60, 40_000))];
    const content = ['[{"type":"text","text":"', ...texts, '"}]'];
    return { content, result: content, notes: '"mcpCallNotReadOnly":"no_hint",', tokens: tokensOf(content) };
  };
  return { tool: "mcp__tracker__search", input, run };
}

function readPicture({ chance, material, cwd }: Workshop): Call {
  const path = escaped(`${cwd}/shots/${identifier(chance)}.png`);
  const run = (): Outcome => {
    const picture = material.image.subarray(0, chance.skewed(8_000, 500_000) * 4);
    const content = [
      ...['[{"type":"image","source":{"type":"base64","data":"', picture, '","media_type":"image/png"}}]'],
    ];
    const size = `"originalSize":${picture.length},"dimensions":{"originalWidth":1280,"originalHeight":800,"displayWidth":1280,"displayHeight":800}`;
    const result = [...['{"type":"image","file":{"base64":"', picture, `","type":"image/png",${size}}}`]];
    return { content, result, tokens: 1500 };
  };
  return { tool: "Read", input: [`{"file_path":"${path}"}`], run };
}
