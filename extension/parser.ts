/** A worker that turns transcripts into rows while the recorder writes those of others: parsing is most of the work. */
import { parentPort, workerData } from "node:worker_threads";
import { reason } from "./base/expected-error.ts";
import { countTimeIn } from "./base/zone.ts";
import { contextOf } from "./clean/turn.ts";
import { parseFile } from "./parse.ts";
import type { FromParser, ParserData, ToParse } from "./parser-pool.ts";

const { key, ...terms } = workerData as ParserData;
countTimeIn(terms.timeZone);
const context = contextOf(terms, key);
const say = (message: FromParser) => parentPort?.postMessage(message);

parentPort?.on("message", (files: ToParse[]) => {
  for (const { path, known } of files) {
    try {
      for (const piece of parseFile(path, context, known))
        say({ kind: "piece", path, size: piece.rows.size, json: JSON.stringify(piece) });
      say({ kind: "done", path });
    } catch (error) {
      say({ kind: "done", path, error: reason(error), code: (error as { code?: string }).code });
    }
  }
  say({ kind: "free" });
});
