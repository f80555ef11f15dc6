import { type QuickPickItem, window } from "vscode";
import { ExpectedError } from "../base/expected-error.ts";
import { baseName, brief, harmless, moment, work } from "../base/format.ts";
import type { Api, SessionRow } from "../protocol.ts";
import { sumOf } from "./session-row.ts";

type Item = QuickPickItem & { session: SessionRow };

/** Asks the user for a session, other than one that is not meant. */
export async function pickSession(
  api: Api,
  placeHolder: string,
  except?: string,
): Promise<SessionRow | undefined> {
  const items = (await itemsOf(api)).filter(({ session }) => session.id !== except);
  if (items.length === 0) throw new ExpectedError("There is no other session yet.");
  return (await window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.session;
}

/** Asks the user for any number of sessions, such as all of a project: typing its name leaves only them. */
export async function pickSessions(api: Api, title: string): Promise<SessionRow[]> {
  const picked = await window.showQuickPick(await itemsOf(api), {
    title,
    placeHolder: "Which sessions? Type a project's name to see only its own",
    matchOnDescription: true,
    canPickMany: true,
  });
  return (picked ?? []).map(item => item.session);
}

/** Older ones are found with the view's filter, or by a search. */
const MOST = 2000;

// An empty list to choose from would say nothing of what to do.
async function itemsOf(api: Api): Promise<Item[]> {
  const sessions = await api.sessions({ limit: MOST });
  if (sessions.length === 0)
    throw new ExpectedError(
      "There are no sessions yet. Until there are, See a Demo Session shows invented ones.",
    );
  return sessions.map(session => ({
    label: harmless(session.title),
    description: harmless(baseName(session.project)),
    detail: harmless(brief(moment(session.endedAt, Date.now()), work(session), sumOf(session))),
    session,
  }));
}
