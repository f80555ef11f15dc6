import { Disposable, env, type LogOutputChannel, Uri, commands as vscode, window } from "vscode";
import { ExpectedError, reason } from "../base/expected-error.ts";
import type { Owner } from "../base/owner.ts";
import type { Setting } from "../base/setting.ts";
import { commands, views } from "../manifest.ts";
import type { SessionRow } from "../protocol.ts";
import { addFolder } from "./add-folder.ts";
import type { KeptSecrets } from "./alert-secrets.ts";
import { arrange, askFilter } from "./arrange.ts";
import type { Arrangement } from "./arrangement.ts";
import { exportAttribution } from "./attribution.ts";
import type { BillPanel } from "./bill-panel.ts";
import { backUpStore, compactStore, deleteAllData, deleteSessions, replayEvents } from "./care.ts";
import { compare, compareSelected } from "./compare.ts";
import type { ComparePanels } from "./compare-panels.ts";
import { connectClaude, disconnectClaude } from "./connect.ts";
import type { Diffs } from "./diffs.ts";
import { exportSession } from "./export-session.ts";
import { previewForwarding } from "./forward-question.ts";
import type { BlameMode } from "./line-blame.ts";
import type { Node } from "./nodes.ts";
import { pickSession } from "./pick-session.ts";
import type { Places } from "./places.ts";
import { refreshPrices } from "./refresh-prices.ts";
import type { ReplayPanels } from "./replay-panels.ts";
import { search } from "./search.ts";
import type { SessionsView } from "./sessions-view.ts";
import { shareSession } from "./share-session.ts";
import { showStatus } from "./status.ts";
import { stepOf, type Target, targetOf } from "./target.ts";
import { testAlert } from "./test-alert.ts";
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
  secrets: KeptSecrets;
  /** The script that hooks run. */
  hookScript: string;
  log: LogOutputChannel;
}

type Shown = Pick<SessionRow, "id" | "title" | "transcript">;

/** The row that a command was chosen for, or what a link names; a key means the row with the focus, the palette none. */
type Given = Node | Target | "focused" | undefined;

/** A session that Claude Code has a transcript of; others only we know. */
function ofClaude(session: Shown): Shown {
  if (session.transcript !== "") return session;
  throw new ExpectedError("Claude Code has no transcript of this session. Open its replay instead.");
}

/** Does what a command says; of several selected rows to all of them, or to the one it was chosen for. */
type Deed = (what: Given, rows?: Node[]) => unknown;
type Commands = Record<keyof typeof commands, Deed>;

/** Registers every command in the manifest; a forgotten one does not compile. */
export function registerCommands(scope: CommandScope): Disposable {
  const table: Commands = {
    ...aboutTheView(scope),
    ...aboutSessions(scope),
    ...aboutCode(scope),
    ...aboutMoney(scope),
    ...aboutTheStore(scope),
    ...aboutClaude(scope),
    showLog: () => scope.log.show(),
  };
  const names = Object.keys(table) as (keyof Commands)[];
  return Disposable.from(
    ...names.map(name => vscode.registerCommand(commands[name], guarded(table[name], scope.log))),
  );
}

function aboutTheView({ owner, places, view, arrangement, panels }: CommandScope) {
  return {
    arrangeSessions: () => arrange(arrangement),
    filterSessions: () => askFilter(arrangement),
    showAllSessions: () => arrangement.change({ filter: "", here: false }),
    loadMore: () => view.showMore(),
    search: () => search(owner, (session, step) => panels.open(session, step)),
    refresh: () =>
      owner.status.kind === "failed" ? owner.move(owner.place) : owner.scan().then(view.refresh),
    // From the palette, nobody might see that anything happened.
    showDemo: () =>
      Promise.all([owner.move(places.demo()), vscode.executeCommand(`${views.sessions}.focus`)]),
    closeDemo: () => owner.move(places.own()),
  } satisfies Partial<Commands>;
}

function aboutSessions(scope: CommandScope) {
  const { owner, panels, comparisons } = scope;
  const { onSession, onShown, onTarget } = choosing(scope);
  return {
    openReplay: onSession("Replay which session?", (session, step) => panels.open(session, step)),
    compare: onTarget("Compare which session?", target => compare(owner, comparisons, target)),
    compareSelected: (_, rows = []) => compareSelected(comparisons, rows),
    exportSession: onShown("Export which session?", session => exportSession(owner, session)),
    shareSession: onShown("Share which session?", session => shareSession(owner, session)),
    previewForwarding: () => previewForwarding(owner),
    openTranscript: onSession("Open the transcript of which session?", session =>
      window.showTextDocument(Uri.file(ofClaude(session).transcript)),
    ),
    revealTranscript: onSession("Reveal the transcript of which session?", session =>
      vscode.executeCommand("revealFileInOS", Uri.file(ofClaude(session).transcript)),
    ),
    copySessionId: onSession("Copy the ID of which session?", session => env.clipboard.writeText(session.id)),
    copyResumeCommand: onSession("Copy the command that resumes which session?", session =>
      env.clipboard.writeText(`claude --resume ${ofClaude(session).id}`),
    ),
  } satisfies Partial<Commands>;
}

function aboutCode(scope: CommandScope) {
  const { owner, diffs, blame } = scope;
  const { given, onTarget } = choosing(scope);
  return {
    openChanges: onTarget("Open the changes of which session?", target => diffs.open(target)),
    openStepDiff: onTarget("Open the changes of which session?", target => diffs.open(target)),
    openFileAtStep: what => diffs.openFile(stepOf(given(what))),
    compareWithNow: what => diffs.compareWithNow(stepOf(given(what))),
    undo: onTarget("Undo the changes of which session?", target => undo(owner, target)),
    toggleBlame: () => blame.set(blame.value === "off" ? "line" : "off"),
    toggleFileBlame: () => blame.set(blame.value === "file" ? "line" : "file"),
    exportAttribution: () => exportAttribution(owner),
  } satisfies Partial<Commands>;
}

function aboutMoney({ owner, bill, secrets }: CommandScope) {
  return {
    openBill: () => bill.open(),
    refreshPrices: () => refreshPrices(owner),
    setAlertSecrets: () => secrets.ask(),
    testAlert: () => testAlert(owner),
  } satisfies Partial<Commands>;
}

function aboutTheStore({ owner, view }: CommandScope) {
  return {
    backUpStore: () => backUpStore(owner),
    compactStore: () => compactStore(owner),
    deleteAllData: () => deleteAllData(owner),
    deleteSession: (what, rows) => {
      const row = what && what !== "focused" && "kind" in what ? [what] : [];
      return deleteSessions(owner, sessionsIn(what === "focused" ? view.meant : (rows ?? row)));
    },
    readAgain: () => owner.readAgain(),
    replayEvents: () => replayEvents(owner),
  } satisfies Partial<Commands>;
}

function aboutClaude({ owner, places, tier, folders, hookScript }: CommandScope) {
  return {
    connect: () => connectClaude({ place: places.own(), tier, hookScript }),
    disconnect: () => disconnectClaude(places.own()),
    addFolder: () => addFolder(folders),
    showStatus: () => showStatus(owner, places.own()),
  } satisfies Partial<Commands>;
}

/** What a command is about; from the palette there is no row, so that the user is asked which session is meant. */
function choosing({ owner, view, panels }: CommandScope) {
  const given = (what: Given) => (what === "focused" ? view.toggled : what);
  const meant = async (asks: string, what: Given): Promise<Node | Target | undefined> => {
    const row = given(what);
    if (row && "session" in row) return row;
    const session = await pickSession(owner, asks);
    return session && { kind: "session", session };
  };
  const onSession =
    (asks: string, work: (session: Shown, step?: string) => unknown) => async (what: Given) => {
      const row = await meant(asks, what);
      if (!row || !("session" in row)) return;
      const session = typeof row.session === "string" ? await owner.session(row.session) : row.session;
      await work(session, placeIn(row));
    };
  const onTarget = (asks: string, work: (target: Target) => unknown) => async (what: Given) => {
    const target = targetOf(await meant(asks, what));
    if (target) await work(target);
  };
  // From its title, a replay is meant.
  const onShown = (asks: string, work: (session: Shown) => unknown) => (what: Given) => {
    const [row, session] = [given(what), panels.active];
    return onSession(asks, work)(session === undefined || (row && "session" in row) ? row : { session });
  };
  return { given, onSession, onShown, onTarget };
}

/** The sessions of some rows, if they are of any. */
function sessionsIn(rows: readonly Node[]): SessionRow[] | undefined {
  const sessions = rows.flatMap(row => ("session" in row ? [row.session] : []));
  const byId = new Map(sessions.map(session => [session.id, session]));
  return byId.size > 0 ? [...byId.values()] : undefined;
}

/** Where in a replay something stands: a step, or the prompt that its steps follow. */
function placeIn(row: Node | Target): string | undefined {
  if (!("kind" in row)) return row.step;
  if (row.kind === "step") return row.nested.step.id;
  return row.kind === "prompt" ? row.prompt.steps[0]?.id : undefined;
}

/** Tells the user what an expected error says; anything else goes to the log with its stack. */
function guarded(work: Deed, log: LogOutputChannel) {
  return async (what: Given, rows?: Node[]): Promise<void> => {
    try {
      await work(what, rows);
    } catch (error) {
      if (error instanceof ExpectedError) void window.showWarningMessage(error.message);
      else {
        log.error(error instanceof Error ? error : String(error));
        void window.showErrorMessage(`Agent Trace: ${reason(error)}`);
      }
    }
  };
}
