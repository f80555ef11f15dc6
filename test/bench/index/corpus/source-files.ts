import type { Chance } from "../../store/made-up/chance.ts";
import { Pool } from "./pool.ts";
import { codeLine, identifier } from "./words.ts";

const FILES = 250;
const LINES = { few: 8, many: 700 };
const HUGE = [9_000, 16_000];
const FOLDERS = ["src", "src/parts", "lib/base", "test", "packages/api/src", "docs"] as const;

/** A file of a project, as it is and as Claude Code shows it: with the number before each line. */
export interface SourceFile {
  /** Within the project. */
  path: string;
  lines: number;
  plain: Pool;
  numbered: Pool;
}

export function makeSourceFiles(chance: Chance): [SourceFile, ...SourceFile[]] {
  const make = (lines: number) => sourceFile(chance, lines);
  const usual = Array.from({ length: FILES }, () => make(chance.skewed(LINES.few, LINES.many)));
  return [make(LINES.many), ...usual, ...HUGE.map(make)];
}

function sourceFile(chance: Chance, count: number): SourceFile {
  const lines = Array.from({ length: count }, () => `${codeLine(chance)}\n`);
  return {
    path: `${chance.pick(FOLDERS)}/${identifier(chance)}-${identifier(chance)}.ts`,
    lines: count,
    plain: new Pool(lines),
    numbered: new Pool(lines.map((line, index) => `${index + 1}\t${line}`)),
  };
}
