import { join } from "node:path";
import { Owner } from "../../extension/base/owner.ts";
import type { Place } from "../../extension/protocol.ts";

/** An owner on the built recorder, reading `<home>/.claude` unless told otherwise; `npm run build` comes first. */
export function openOwner(home: string, more: Partial<Place> = {}): Owner {
  const place = { dataDir: join(home, "data"), folders: [join(home, ".claude")], port: 0, ...more };
  return new Owner(join(import.meta.dirname, "../../dist/recorder.js"), place, () => {});
}
