import { type QuickPickItem, window } from "vscode";
import { baseName, brief, harmless, moment, work } from "../base/format.ts";
import type { Api, SessionRow } from "../protocol.ts";
import { sumOf } from "./session-row.ts";

type Item = QuickPickItem & { session: SessionRow };

interface Asked {
  asks?: string;
  /** One that is not meant. */
  except?: string;
}

/** Asks the user for a session. */
export async function pickSession(
  api: Api,
  { asks = "Which session?", except }: Asked = {},
): Promise<SessionRow | undefined> {
  const items = (await itemsOf(api)).filter(({ session }) => session.id !== except);
  const placeHolder = items.length > 0 ? asks : except === undefined ? NONE : NO_OTHER;
  return (await window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.session;
}

/** Asks the user for any number of sessions, such as all of a project: typing its name leaves only them. */
export async function pickSessions(api: Api, title: string): Promise<SessionRow[]> {
  const items = await itemsOf(api);
  const placeHolder = items.length > 0 ? "Which sessions? Type a project's name to see only its own" : NONE;
  const picked = await window.showQuickPick(items, {
    title,
    placeHolder,
    matchOnDescription: true,
    canPickMany: true,
  });
  return (picked ?? []).map(item => item.session);
}

/** Older ones are found with the view's filter, or by a search. */
const MOST = 2000;
const NONE = "There are no sessions yet";
const NO_OTHER = "There is no other session yet";

async function itemsOf(api: Api): Promise<Item[]> {
  return (await api.sessions({ limit: MOST })).map(session => ({
    label: harmless(session.title),
    description: harmless(baseName(session.project)),
    detail: harmless(brief(moment(session.endedAt, Date.now()), work(session), sumOf(session))),
    session,
  }));
}
