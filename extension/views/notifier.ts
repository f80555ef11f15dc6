import { commands as vscode, window } from "vscode";
import { Lifetime } from "../base/lifetime.ts";
import type { Setting } from "../base/setting.ts";
import { commands } from "../manifest.ts";
import { workspaceFolders } from "./listing.ts";
import type { LiveSessions } from "./live.ts";
import { type News, newsOf } from "./news.ts";

/** Tells the user, once, of an agent in this workspace that waits for a permission or ended with an error. */
export class Notifier {
  readonly #life = new Lifetime();
  readonly #wanted: Setting<boolean>;
  readonly #told = new Set<string>();
  readonly #opened = Date.now();

  constructor(live: LiveSessions, wanted: Setting<boolean>) {
    this.#wanted = wanted;
    this.#life.add(
      live.changed.on(sessions => {
        for (const news of newsOf(sessions, workspaceFolders(), this.#opened, Date.now()))
          void this.#tell(news);
      }),
    );
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  async #tell({ key, session, words }: News): Promise<void> {
    if (this.#told.has(key) || !this.#wanted.value) return;
    this.#told.add(key);
    const pressed = await window.showInformationMessage(words, OPEN, ENOUGH);
    if (pressed === OPEN) await vscode.executeCommand(commands.openReplay, { kind: "session", session });
    if (pressed === ENOUGH) await this.#wanted.set(false);
  }
}

const OPEN = "Open Replay";
const ENOUGH = "Don't Show Again";
