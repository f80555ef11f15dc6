import { commands as vscode, type WebviewPanel } from "vscode";
import { growthOf } from "../base/growth.ts";
import type { Owner } from "../base/owner.ts";
import { commands } from "../manifest.ts";
import type { EditorHost, ReplayHost } from "../pages.ts";
import type { Session } from "../protocol.ts";
import type { Blames } from "./blames.ts";
import { openFile } from "./open-file.ts";

/** A session's panel, and the step or prompt that is wanted in it. */
export interface Replay {
  id: string;
  panel: WebviewPanel;
  wanted: string | undefined;
}

/** What a replay panel may ask about its one session. */
export function replayHost(owner: Owner, blames: Blames, replay: Replay): ReplayHost & EditorHost {
  const { id, panel } = replay;
  // What the page was sent last, so that only what came since has to be sent.
  let sent: Session | undefined;
  let version = 0;
  return {
    sessionId: async () => id,
    session: async holds => {
      const session = await owner.session(id);
      panel.title = session.title;
      const growth = growthOf(holds === version ? sent : undefined, session, ++version);
      sent = session;
      return growth;
    },
    wanted: async () => {
      const { wanted = null } = replay;
      replay.wanted = undefined;
      return wanted;
    },
    content: step => owner.content(id, step),
    openTranscript: async () => {
      const session = await owner.session(id);
      await vscode.executeCommand(commands.openTranscript, { kind: "session", session });
    },
    openDiff: (step, path) => run(commands.openStepDiff, { session: id, step, path }),
    showDiff: step => run(commands.openStepDiff, { session: id, step, beside: true }),
    openChanges: () => run(commands.openChanges, { session: id }),
    undo: step => run(commands.undo, { session: id, step }),
    openFileAt: (step, path) => run(commands.openFileAtStep, { session: id, step, path }),
    openFile: () => openFile(owner, blames, id),
  };
}

interface Asked {
  session: string;
  step?: string;
  path?: string | undefined;
  beside?: boolean;
}

/** The command says itself what went wrong in it. */
async function run(command: string, asked: Asked): Promise<void> {
  await vscode.executeCommand(command, asked);
}
