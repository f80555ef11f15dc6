import { type QuickPickItem, commands as vscode, window } from "vscode";
import { ExpectedError } from "../base/expected-error.ts";
import { baseName, brief, harmless, moment, work } from "../base/format.ts";
import { commands } from "../manifest.ts";
import type { Api, SessionRow } from "../protocol.ts";
import { sumOf } from "./session-row.ts";

type Item = QuickPickItem & { session: SessionRow };

/** Asks the user for a session, other than one that is not meant. */
export async function pickSession(
  api: Api,
  placeHolder: string,
  except?: string,
): Promise<SessionRow | undefined> {
  const all = await itemsOf(api);
  if (all.length === 0) return void offerDemo();
  const items = all.filter(({ session }) => session.id !== except);
  if (items.length === 0) throw new ExpectedError("There is no other session yet.");
  return (await window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.session;
}

/** Asks the user for any number of sessions, such as all of a project: typing its name leaves only them. */
export async function pickSessions(api: Api, title: string): Promise<SessionRow[]> {
  const items = await itemsOf(api);
  if (items.length === 0) throw new ExpectedError("There are no sessions yet.");
  const picked = await window.showQuickPick(items, {
    title,
    placeHolder: "Which sessions? Type a project's name to see only its own",
    matchOnDescription: true,
    canPickMany: true,
  });
  return (picked ?? []).map(item => item.session);
}

/** Older ones are found with the view's filter, or by a search. */
const MOST = 2000;

/** An empty list to choose from would not say what to do. */
async function offerDemo(): Promise<void> {
  const see = "See a Demo Session";
  const told = "There are no sessions yet. The first one appears by itself.";
  if ((await window.showInformationMessage(told, see)) === see)
    await vscode.executeCommand(commands.showDemo);
}

async function itemsOf(api: Api): Promise<Item[]> {
  return (await api.sessions({ limit: MOST })).map(session => ({
    label: harmless(session.title),
    description: harmless(baseName(session.project)),
    detail: harmless(brief(moment(session.endedAt, Date.now()), work(session), sumOf(session))),
    session,
  }));
}
