import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ExpectedError, errorCode, fileReason } from "../base/expected-error.ts";

/** Answers how many bytes it came to. Written beside it and moved, so that nobody finds a half; for its user alone, since people talk of their work. */
export async function save(text: AsyncIterable<string>, out: string): Promise<number> {
  const part = `${out}.part`;
  try {
    const file = createWriteStream(part, { mode: 0o600 });
    await pipeline(Readable.from(text), file);
    await rename(part, out);
    return file.bytesWritten;
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof ExpectedError || errorCode(error) === undefined) throw error;
    const why = errorCode(error) === "ENOENT" ? "its folder is not there" : fileReason(error);
    throw new ExpectedError(`${out} can't be written: ${why}.`);
  }
}
