import { Disposable, env, type LogOutputChannel, Uri, commands as vscode, window } from "vscode";
import { ExpectedError, reason } from "../base/expected-error.ts";
import type { Owner } from "../base/owner.ts";
import type { Setting } from "../base/setting.ts";
import { commands } from "../manifest.ts";
import type { SessionRow } from "../protocol.ts";
import { addFolder } from "./add-folder.ts";
import { arrange, askFilter } from "./arrange.ts";
import type { Arrangement } from "./arrangement.ts";
import { backUpStore, compactStore, deleteAllData, deleteSessions, replayEvents } from "./care.ts";
import { connectClaude, disconnectClaude } from "./connect.ts";
import type { Node } from "./nodes.ts";
import { pickSession } from "./pick-session.ts";
import type { Places } from "./places.ts";
import type { ReplayPanels } from "./replay-panels.ts";
import type { SessionsView } from "./sessions-view.ts";
import { showStatus } from "./status.ts";

/** What the commands work on. */
export interface CommandScope {
  owner: Owner;
  places: Places;
  view: SessionsView;
  arrangement: Arrangement;
  panels: ReplayPanels;
  tier: Setting<1 | 2 | 3>;
  folders: Setting<string[]>;
  /** The script that hooks run. */
  forwarder: string;
  log: LogOutputChannel;
}

/** The row that a command was chosen for; a key means the one that is selected, the palette none. */
type Given = Node | "selected" | undefined;

/** Registers every command in the manifest; a forgotten one does not compile. */
export function registerCommands(scope: CommandScope): Disposable {
  const { owner, places, view, arrangement, panels, log } = scope;
  // From the palette there is no row, so that the user is asked which session is meant.
  const onSession = (work: (session: SessionRow, step?: string) => unknown) => async (given: Given) => {
    const node = rowOf(given);
    const session = node && "session" in node ? node.session : await pickSession(owner);
    if (session) await work(session, node && stepOf(node));
  };
  const rowOf = (given: Given) => (given === "selected" ? view.selected : given);
  const table = {
    arrangeSessions: () => arrange(arrangement),
    backUpStore: () => backUpStore(owner),
    compactStore: () => compactStore(owner),
    deleteAllData: () => deleteAllData(owner),
    deleteSession: given => {
      const node = rowOf(given);
      return deleteSessions(owner, node && "session" in node ? [node.session] : undefined);
    },
    closeDemo: () => owner.move(places.own()),
    connect: () => connectClaude({ place: places.own(), tier: scope.tier, forwarder: scope.forwarder }),
    disconnect: () => disconnectClaude(places.own()),
    addFolder: () => addFolder(scope.folders),
    copyResumeCommand: onSession(({ id }) => env.clipboard.writeText(`claude --resume ${id}`)),
    copySessionId: onSession(session => env.clipboard.writeText(session.id)),
    filterSessions: () => askFilter(arrangement),
    loadMore: () => view.showMore(),
    openReplay: onSession((session, step) => panels.open(session, step)),
    openTranscript: onSession(session => window.showTextDocument(Uri.file(session.transcript))),
    readAgain: () => owner.readAgain(),
    refresh: () =>
      owner.status.kind === "failed" ? owner.move(owner.place) : owner.scan().then(view.refresh),
    replayEvents: () => replayEvents(owner),
    revealTranscript: onSession(({ transcript }) =>
      vscode.executeCommand("revealFileInOS", Uri.file(transcript)),
    ),
    showAllSessions: () => arrangement.change({ filter: "", here: false }),
    showDemo: () => owner.move(places.demo()),
    showLog: () => log.show(),
    showStatus: () => showStatus(owner, places.own()),
  } satisfies Record<keyof typeof commands, (given: Given) => unknown>;

  const names = Object.keys(table) as (keyof typeof table)[];
  return Disposable.from(
    ...names.map(name => vscode.registerCommand(commands[name], guarded(table[name], log))),
  );
}

/** Where in a replay a row stands: a step, or the prompt that its steps follow. */
function stepOf(node: Node): string | undefined {
  if (node.kind === "step") return node.nested.step.id;
  return node.kind === "prompt" ? node.prompt.steps[0]?.id : undefined;
}

/** Tells the user what an expected error says; anything else goes to the log with its stack. */
function guarded(work: (given: Given) => unknown, log: LogOutputChannel) {
  return async (given: Given): Promise<void> => {
    try {
      await work(given);
    } catch (error) {
      if (error instanceof ExpectedError) void window.showWarningMessage(error.message);
      else {
        log.error(error instanceof Error ? error : String(error));
        void window.showErrorMessage(`Agent Trace: ${reason(error)}`);
      }
    }
  };
}
