import { homedir } from "node:os";
import { join } from "node:path";
import { ProgressLocation, Uri, window } from "vscode";
import { count, oneLine, size } from "../base/format.ts";
import type { Owner } from "../base/owner.ts";
import type { SessionRow } from "../protocol.ts";
import { pickSessions } from "./pick-session.ts";

/** Writes a copy of the store, an ordinary SQLite file, to where the user says. */
export async function backUpStore(owner: Owner): Promise<void> {
  const name = `agent-trace-${new Date().toISOString().slice(0, 10)}.db`;
  const target = await window.showSaveDialog({
    title: "Back up the store of Agent Trace",
    saveLabel: "Back Up",
    defaultUri: Uri.file(join(homedir(), name)),
    filters: { "SQLite database": ["db"] },
  });
  if (!target) return;
  await progress("Backing up the store", () => owner.backUp(target.fsPath));
  void window.showInformationMessage(`The store was backed up to ${target.fsPath}.`);
}

/** Gives back the room of what was deleted. */
export async function compactStore(owner: Owner): Promise<void> {
  const { before, after } = await progress("Compacting the store", () => owner.compact());
  void window.showInformationMessage(`The store takes ${size(after)} now; it was ${size(before)}.`);
}

/** Deletes sessions, those given or those that the user picks, after asking. */
export async function deleteSessions(owner: Owner, given?: SessionRow[]): Promise<void> {
  const sessions = given ?? (await pickSessions(owner, "Delete Sessions"));
  const [first] = sessions;
  if (!first) return;
  const one = sessions.length === 1;
  const which = one ? `“${oneLine(first.title, 60)}”` : count(sessions.length, "session");
  const detail =
    `All that Agent Trace keeps about ${one ? "it" : "them"} is removed for good, and not read again. ` +
    `Claude Code's own ${one ? "transcript stays" : "transcripts stay"} where ${one ? "it is" : "they are"}.`;
  if (!(await sure(`Delete ${which}?`, detail, "Delete"))) return;
  await progress(`Deleting ${which}`, () => owner.deleteSessions(sessions.map(session => session.id)));
}

/** Deletes everything, after asking. */
export async function deleteAllData(owner: Owner): Promise<void> {
  const detail =
    "The store, its recorded events and all else that Agent Trace keeps on this machine are removed for good; " +
    "backups that you made stay. Nothing is read until you ask for it. Claude Code's own transcripts stay.";
  if (!(await sure("Delete all data of Agent Trace?", detail, "Delete All"))) return;
  await progress("Deleting all data", () => owner.deleteAll());
}

/** Tries events again that could not be stored. */
export async function replayEvents(owner: Owner): Promise<void> {
  const events = await owner.replayEvents();
  const done = events === 1 ? "1 event is tried again." : `${events} events are tried again.`;
  void window.showInformationMessage(events > 0 ? done : "There are no events that could not be stored.");
}

async function sure(question: string, detail: string, yes: string): Promise<boolean> {
  return (await window.showWarningMessage(question, { modal: true, detail }, yes)) === yes;
}

function progress<T>(title: string, work: () => Promise<T>): Thenable<T> {
  return window.withProgress({ location: ProgressLocation.Notification, title: `${title}…` }, work);
}
