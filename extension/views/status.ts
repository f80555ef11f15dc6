import { type QuickPickItem, QuickPickItemKind, ThemeIcon, commands as vscode, window } from "vscode";
import { count, moment, size } from "../base/format.ts";
import type { Owner } from "../base/owner.ts";
import { lookAround } from "../connect/circumstances.ts";
import { recentClients } from "../connect/clients.ts";
import { subjectOf } from "../connect/connection.ts";
import { projectSettings } from "../connect/places.ts";
import { findings } from "../connect/status.ts";
import type { FolderState, ForwardState, Place, RecorderState } from "../job.ts";
import { commands } from "../manifest.ts";
import { GOING } from "./forward-question.ts";
import { tilde } from "./home.ts";
import { workspaceFolders } from "./listing.ts";

type Item = QuickPickItem & { command?: string };

const FOLDERS = {
  found: { icon: "check", text: "read and watched" },
  missing: { icon: "circle-outline", text: "not there yet; read as soon as it appears" },
  unreadable: { icon: "warning", text: "cannot be read" },
} satisfies Record<FolderState["state"], { icon: string; text: string }>;

/** Shows what is connected and how the recorder does; whatever is off leads to the command that helps. */
export async function showStatus(owner: Owner, own: Place): Promise<void> {
  const items = Promise.all([connectionItems(own), owner.state()]).then(([connection, state]) => [
    { label: "Claude Code", kind: QuickPickItemKind.Separator },
    ...connection,
    { label: "Recorder", kind: QuickPickItemKind.Separator },
    ...recorderItems(state),
  ]);
  const picked = await window.showQuickPick<Item>(items, {
    title: "Agent Trace: Status",
    placeHolder: "Choose a line to do something about it",
    matchOnDetail: true,
  });
  if (picked?.command) await vscode.executeCommand(picked.command);
}

async function connectionItems(own: Place): Promise<Item[]> {
  const { side, port, claudeDir, path } = await subjectOf(own);
  const here = workspaceFolders().map(projectSettings);
  const clients = await recentClients(claudeDir);
  const found = findings(await lookAround(side, [path, ...here], { port, clients }));
  const used = clients.length > 0 ? `Claude Code ${clients.join(", ")}` : "No Claude Code in use of late";
  return [
    ...found.map(({ what, todo }) => ({
      ...item(todo ? "warning" : "check", what, undefined, commands.connect),
      ...(todo && { detail: tilde(todo) }),
    })),
    item("terminal", used),
    item("broadcast", port === undefined ? "Nobody records now" : `Taken in on port ${port} of 127.0.0.1`),
  ];
}

function recorderItems(state: RecorderState): Item[] {
  const { folders, read, found, skipped, unknown, heard, tier, storeSize, deadLetters, notes, forward } =
    state;
  const when = (at: number | undefined) => (at === undefined ? "none yet" : moment(at, Date.now()));
  const dead = `${count(deadLetters, "event")} could not be stored`;
  return [
    ...notes.map(({ what, why }) => item("warning", what, why, commands.showLog)),
    ...folders.map(({ path, state, reason }) =>
      item(FOLDERS[state].icon, path, reason ?? FOLDERS[state].text, commands.addFolder),
    ),
    item("files", `${count(read, "transcript")} read`, read < found ? `${found - read} to go` : undefined),
    item("pulse", `Last hook of a session: ${when(heard.hook)}, last telemetry: ${when(heard.telemetry)}`),
    item("database", `${size(storeSize)}, privacy tier ${tier}`, undefined, commands.connect),
    ...(skipped > 0 ? [item("question", `${count(skipped, "line")} could not be understood`)] : []),
    ...unknown.map(({ what, times }) =>
      item("question", `Not known to this version: ${what}`, count(times, "time")),
    ),
    ...(forward ? [forwardItem(forward)] : []),
    ...(deadLetters > 0 ? [item("warning", dead, "try them again", commands.replayEvents)] : []),
  ];
}

function forwardItem({ to, words, waiting }: ForwardState): Item {
  const how =
    waiting === null ? "not yet: see what, and agree" : waiting > 0 ? `${waiting} not over yet` : "all sent";
  return item(
    "cloud-upload",
    `Sessions are sent on to ${to}, ${GOING[words]}`,
    how,
    commands.previewForwarding,
  );
}

function item(icon: string, label: string, description?: string, command?: string): Item {
  const more = { ...(description && { description }), ...(command && { command }) };
  return { label: tilde(label), iconPath: new ThemeIcon(icon), ...more };
}
