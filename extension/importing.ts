import type { Signal } from "./base/signal.ts";
import { factsOfImported, type ImportTerms } from "./clean/imported.ts";
import type { Engine } from "./db/engine.ts";
import type { Store } from "./db/store.ts";
import type { ImportedLine } from "./imports.ts";
import type { Hint } from "./protocol.ts";
import type { Sessions } from "./queries/sessions.ts";

/** Takes in lines of an export: all of them, or none when one can't be stored. */
export function importing(
  db: Engine,
  store: Store,
  sessions: Sessions,
  terms: ImportTerms,
  hints: Signal<Hint>,
) {
  return async (lines: ImportedLine[]): Promise<void> => {
    const ids = new Set(lines.map(({ session }) => session));
    db.transaction(() => {
      // Who imports a session wants it, although it was deleted before.
      for (const id of ids) db.run("delete from deleted_session where id = ?", [id]);
      store.take(
        lines.filter(({ type }) => type !== "session").flatMap(line => factsOfImported(line, terms)),
      );
      for (const line of lines.filter(({ type }) => type === "session"))
        store.take(factsOfImported(withParents(line, sessions), terms));
    });
    for (const session of ids) hints.fire({ kind: "session", session });
  };
}

/** A fork's bill goes on from that of its parent. */
function withParents(line: ImportedLine, sessions: Sessions): ImportedLine {
  const { unattributedUsd, parentId } = line;
  if (!unattributedUsd || parentId === undefined) return line;
  return { ...line, unattributedUsd: unattributedUsd + (sessions.one(parentId)?.unattributedUsd ?? 0) };
}
