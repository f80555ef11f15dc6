import { window } from "vscode";
import { baseName, moment, work } from "../base/format.ts";
import type { Api, SessionRow } from "../protocol.ts";

/** Asks the user for a session. */
export async function pickSession(api: Api): Promise<SessionRow | undefined> {
  const items = (await api.sessions()).map(session => ({
    label: session.title,
    description: baseName(session.project),
    detail: `${moment(session.endedAt, Date.now())} · ${work(session)}`,
    session,
  }));
  const picked = await window.showQuickPick(items, {
    placeHolder: items.length > 0 ? "Which session?" : "There are no sessions yet",
    matchOnDescription: true,
  });
  return picked?.session;
}
