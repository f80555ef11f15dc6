import { Disposable, env, type LogOutputChannel, Uri, commands as vscode, window } from "vscode";
import { ExpectedError, reason } from "../base/expected-error.ts";
import type { Owner } from "../base/owner.ts";
import type { Setting } from "../base/setting.ts";
import { commands } from "../manifest.ts";
import type { SessionRow } from "../protocol.ts";
import { addFolder } from "./add-folder.ts";
import { arrange, askFilter } from "./arrange.ts";
import type { Arrangement } from "./arrangement.ts";
import { exportAttribution } from "./attribution.ts";
import type { BillPanel } from "./bill-panel.ts";
import { backUpStore, compactStore, deleteAllData, deleteSessions, replayEvents } from "./care.ts";
import { compare } from "./compare.ts";
import type { ComparePanels } from "./compare-panels.ts";
import { connectClaude, disconnectClaude } from "./connect.ts";
import type { Diffs } from "./diffs.ts";
import { exportSession } from "./export-session.ts";
import { previewForwarding } from "./forwarding.ts";
import type { BlameMode } from "./line-blame.ts";
import type { Node } from "./nodes.ts";
import { pickSession } from "./pick-session.ts";
import type { Places } from "./places.ts";
import type { ReplayPanels } from "./replay-panels.ts";
import { search } from "./search.ts";
import type { SessionsView } from "./sessions-view.ts";
import { showStatus } from "./status.ts";
import { stepOf, type Target, targetOf } from "./target.ts";
import { undo } from "./undo.ts";

/** What the commands work on. */
export interface CommandScope {
  owner: Owner;
  places: Places;
  view: SessionsView;
  arrangement: Arrangement;
  panels: ReplayPanels;
  comparisons: ComparePanels;
  bill: BillPanel;
  diffs: Diffs;
  blame: Setting<BlameMode>;
  tier: Setting<1 | 2 | 3>;
  folders: Setting<string[]>;
  /** The script that hooks run. */
  forwarder: string;
  log: LogOutputChannel;
}

type Shown = Pick<SessionRow, "id" | "title" | "transcript">;

/** The row that a command was chosen for, or what a link names; a key means the row with the focus, the palette none. */
type Given = Node | Target | "focused" | undefined;

/** Registers every command in the manifest; a forgotten one does not compile. */
export function registerCommands(scope: CommandScope): Disposable {
  const { owner, places, view, arrangement, panels, diffs, blame, log } = scope;
  const { given, onSession, onTarget } = choosing(scope);
  const table = {
    arrangeSessions: () => arrange(arrangement),
    backUpStore: () => backUpStore(owner),
    compactStore: () => compactStore(owner),
    deleteAllData: () => deleteAllData(owner),
    deleteSession: what => {
      const row = given(what);
      return deleteSessions(owner, row && "kind" in row && "session" in row ? [row.session] : undefined);
    },
    closeDemo: () => owner.move(places.own()),
    connect: () => connectClaude({ place: places.own(), tier: scope.tier, forwarder: scope.forwarder }),
    disconnect: () => disconnectClaude(places.own()),
    addFolder: () => addFolder(scope.folders),
    copyResumeCommand: onSession(({ id }) => env.clipboard.writeText(`claude --resume ${id}`)),
    copySessionId: onSession(session => env.clipboard.writeText(session.id)),
    exportAttribution: () => exportAttribution(owner),
    exportSession: onSession(session => exportSession(owner, session)),
    filterSessions: () => askFilter(arrangement),
    loadMore: () => view.showMore(),
    openBill: () => scope.bill.open(),
    openReplay: onSession((session, step) => panels.open(session, step)),
    compare: onTarget(target => compare(owner, scope.comparisons, target)),
    compareWithNow: what => diffs.compareWithNow(stepOf(given(what))),
    openChanges: onTarget(target => diffs.open(target)),
    openFileAtStep: what => diffs.openFile(stepOf(given(what))),
    openStepDiff: onTarget(target => diffs.open(target)),
    openTranscript: onSession(session => window.showTextDocument(Uri.file(session.transcript))),
    previewForwarding: () => previewForwarding(owner),
    readAgain: () => owner.readAgain(),
    refresh: () =>
      owner.status.kind === "failed" ? owner.move(owner.place) : owner.scan().then(view.refresh),
    replayEvents: () => replayEvents(owner),
    revealTranscript: onSession(({ transcript }) =>
      vscode.executeCommand("revealFileInOS", Uri.file(transcript)),
    ),
    search: () => search(owner, (session, step) => panels.open(session, step)),
    showAllSessions: () => arrangement.change({ filter: "", here: false }),
    showDemo: () => owner.move(places.demo()),
    showLog: () => log.show(),
    toggleBlame: () => blame.set(blame.value === "off" ? "line" : "off"),
    toggleFileBlame: () => blame.set(blame.value === "file" ? "line" : "file"),
    undo: onTarget(target => undo(owner, target)),
    showStatus: () => showStatus(owner, places.own()),
  } satisfies Record<keyof typeof commands, (what: Given) => unknown>;

  const names = Object.keys(table) as (keyof typeof table)[];
  return Disposable.from(
    ...names.map(name => vscode.registerCommand(commands[name], guarded(table[name], log))),
  );
}

/** What a command is about; from the palette there is no row, so that the user is asked which session is meant. */
function choosing({ owner, view }: CommandScope) {
  const given = (what: Given) => (what === "focused" ? view.toggled : what);
  const meant = async (what: Given): Promise<Node | Target | undefined> => {
    const row = given(what);
    if (row && "session" in row) return row;
    const session = await pickSession(owner);
    return session && { kind: "session", session };
  };
  const onSession = (work: (session: Shown, step?: string) => unknown) => async (what: Given) => {
    const row = await meant(what);
    if (!row || !("session" in row)) return;
    const session = typeof row.session === "string" ? await owner.session(row.session) : row.session;
    await work(session, placeIn(row));
  };
  const onTarget = (work: (target: Target) => unknown) => async (what: Given) => {
    const target = targetOf(await meant(what));
    if (target) await work(target);
  };
  return { given, onSession, onTarget };
}

/** Where in a replay something stands: a step, or the prompt that its steps follow. */
function placeIn(row: Node | Target): string | undefined {
  if (!("kind" in row)) return row.step;
  if (row.kind === "step") return row.nested.step.id;
  return row.kind === "prompt" ? row.prompt.steps[0]?.id : undefined;
}

/** Tells the user what an expected error says; anything else goes to the log with its stack. */
function guarded(work: (what: Given) => unknown, log: LogOutputChannel) {
  return async (what: Given): Promise<void> => {
    try {
      await work(what);
    } catch (error) {
      if (error instanceof ExpectedError) void window.showWarningMessage(error.message);
      else {
        log.error(error instanceof Error ? error : String(error));
        void window.showErrorMessage(`Agent Trace: ${reason(error)}`);
      }
    }
  };
}
