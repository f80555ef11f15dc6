import { Disposable, env, type LogOutputChannel, Uri, commands as vscode, window } from "vscode";
import { ExpectedError, reason } from "../base/expected-error.ts";
import type { Owner } from "../base/owner.ts";
import type { Setting } from "../base/setting.ts";
import { commands } from "../manifest.ts";
import type { SessionRow } from "../protocol.ts";
import { addFolder } from "./add-folder.ts";
import { backUpStore, compactStore, deleteAllData, deleteSessions, replayEvents } from "./care.ts";
import { connectClaude, disconnectClaude } from "./connect.ts";
import type { Diffs } from "./diffs.ts";
import type { BlameMode } from "./line-blame.ts";
import type { Node } from "./nodes.ts";
import { pickSession } from "./pick-session.ts";
import type { Places } from "./places.ts";
import type { ReplayPanels } from "./replay-panels.ts";
import type { SessionsView } from "./sessions-view.ts";
import { showStatus } from "./status.ts";
import { stepOf, type Target, targetOf } from "./target.ts";
import { undo } from "./undo.ts";

/** What the commands work on. */
export interface CommandScope {
  owner: Owner;
  places: Places;
  view: SessionsView;
  panels: ReplayPanels;
  diffs: Diffs;
  blame: Setting<BlameMode>;
  tier: Setting<1 | 2 | 3>;
  folders: Setting<string[]>;
  /** The script that hooks run. */
  forwarder: string;
  log: LogOutputChannel;
}

/** As much of a session as the commands show. */
type Shown = Pick<SessionRow, "id" | "title" | "transcript">;

/** Registers every command in the manifest; a forgotten one does not compile. */
export function registerCommands(scope: CommandScope): Disposable {
  const { owner, places, view, panels, diffs, blame, log } = scope;
  // From the palette there is no row, so that the user is asked which session is meant.
  const onSession = (work: (session: Shown) => unknown) => async (arg?: Node | Target) => {
    const said = arg && "session" in arg ? arg.session : await pickSession(owner);
    const session = typeof said === "string" ? await owner.session(said) : said;
    if (session) await work(session);
  };
  // The same for a part of one; a link says which it means.
  const onTarget = (work: (target: Target) => unknown) => async (arg?: Node | Target) => {
    const target = targetOf(arg) ?? targetOf(await picked());
    if (target) await work(target);
  };
  const picked = async (): Promise<Node | undefined> => {
    const session = await pickSession(owner);
    return session && { kind: "session", session };
  };
  const table = {
    backUpStore: () => backUpStore(owner),
    compactStore: () => compactStore(owner),
    deleteAllData: () => deleteAllData(owner),
    deleteSession: node => deleteSessions(owner, node && "session" in node ? [node.session] : undefined),
    closeDemo: () => owner.move(places.own()),
    connect: () => connectClaude({ place: places.own(), tier: scope.tier, forwarder: scope.forwarder }),
    disconnect: () => disconnectClaude(places.own()),
    addFolder: () => addFolder(scope.folders),
    copySessionId: onSession(session => env.clipboard.writeText(session.id)),
    compareWithNow: (arg?: Node | Target) => diffs.compareWithNow(stepOf(arg)),
    openChanges: onTarget(target => diffs.open(target)),
    openFileAtStep: (arg?: Node | Target) => diffs.openFile(stepOf(arg)),
    openStepDiff: (arg?: Node | Target) => diffs.open(stepOf(arg)),
    openReplay: onSession(session => panels.open(session)),
    openTranscript: onSession(session => window.showTextDocument(Uri.file(session.transcript))),
    readAgain: () => owner.readAgain(),
    refresh: () =>
      owner.status.kind === "failed" ? owner.move(owner.place) : owner.scan().then(view.refresh),
    replayEvents: () => replayEvents(owner),
    showDemo: () => owner.move(places.demo()),
    showLog: () => log.show(),
    toggleBlame: () => blame.set(blame.value === "off" ? "line" : "off"),
    toggleFileBlame: () => blame.set(blame.value === "file" ? "line" : "file"),
    undo: onTarget(target => undo(owner, target)),
    showStatus: () => showStatus(owner, places.own()),
  } satisfies Record<keyof typeof commands, (node?: Node) => unknown>;

  const names = Object.keys(table) as (keyof typeof table)[];
  return Disposable.from(
    ...names.map(name => vscode.registerCommand(commands[name], guarded(table[name], log))),
  );
}

/** Tells the user what an expected error says; anything else goes to the log with its stack. */
function guarded(work: (node?: Node) => unknown, log: LogOutputChannel) {
  return async (node?: Node): Promise<void> => {
    try {
      await work(node);
    } catch (error) {
      if (error instanceof ExpectedError) void window.showWarningMessage(error.message);
      else {
        log.error(error instanceof Error ? error : String(error));
        void window.showErrorMessage(`Agent Trace: ${reason(error)}`);
      }
    }
  };
}
