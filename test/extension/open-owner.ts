import { join } from "node:path";
import { Owner } from "../../extension/base/owner.ts";
import type { Place } from "../../extension/job.ts";

/** The built recorder; `npm run build` comes first. */
export const RECORDER = join(import.meta.dirname, "../../dist/recorder.js");

/**
 * An owner on the built recorder, reading `<home>/.claude` unless told otherwise.
 * `await using` closes it before its home goes.
 */
export function openOwner(
  home: string,
  more: Partial<Place> = {},
  recorder = RECORDER,
): Owner & AsyncDisposable {
  const place = { dataDir: join(home, "data"), folders: [join(home, ".claude")], port: 0, ...more };
  const owner = new Owner(recorder, place, () => {});
  return Object.assign(owner, { [Symbol.asyncDispose]: () => owner.close() });
}
