import type { Chance } from "../../store/made-up/chance.ts";
import { type ClientLines, readClientLines } from "./client-lines.ts";
import { Pool } from "./pool.ts";
import { makeSourceFiles, type SourceFile } from "./source-files.ts";
import { codeLine, outputLine, sentence } from "./words.ts";

const [SENTENCES, OUTPUT_LINES, NEW_LINES] = [8_000, 16_000, 8_000];
const IMAGE_BYTES = 3_000_000;

/** All that sessions are made of; it is made once. */
export interface Material {
  prose: Pool;
  /** What commands print. */
  output: Pool;
  /** Lines of code that stand in no file yet: an edit puts them there. */
  added: Pool;
  /** A picture in base64. */
  image: Buffer;
  files: [SourceFile, ...SourceFile[]];
  client: { session: ClientLines; agent: ClientLines };
}

export function makeMaterial(chance: Chance): Material {
  const some = (count: number, make: () => string) => new Pool(Array.from({ length: count }, make));
  return {
    prose: some(SENTENCES, () => sentence(chance)),
    output: some(OUTPUT_LINES, () => `${outputLine(chance)}\n`),
    // Numbered, so that a comparison with the lines of a file finds none of them there.
    added: new Pool(Array.from({ length: NEW_LINES }, (_, index) => `${codeLine(chance)} // new ${index}\n`)),
    image: picture(chance),
    files: makeSourceFiles(chance),
    client: readClientLines(chance),
  };
}

function picture(chance: Chance): Buffer {
  const bytes = Buffer.alloc((IMAGE_BYTES * 3) / 4);
  for (let at = 0; at < bytes.length; at += 4)
    bytes.writeInt32LE(Math.floor((chance.next() - 0.5) * 2 ** 32), at);
  return Buffer.from(bytes.toString("base64"));
}
