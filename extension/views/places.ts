import { join } from "node:path";
import type { ExtensionContext } from "vscode";
import { claudeFolders } from "../base/claude-folders.ts";
import type { Setting } from "../base/setting.ts";
import type { Place } from "../protocol.ts";

/** The settings that say where a recorder works, and what it keeps. */
export interface PlaceSettings {
  folders: Setting<string[]>;
  port: Setting<number>;
  keepDays: Setting<number>;
}

/** The places a window can show: the user's own sessions, or the demo. */
export class Places {
  readonly #context: ExtensionContext;
  readonly #folders: Setting<string[]>;
  readonly #port: Setting<number>;
  readonly #keepDays: Setting<number>;

  constructor(context: ExtensionContext, asked: PlaceSettings) {
    this.#context = context;
    this.#folders = asked.folders;
    this.#port = asked.port;
    this.#keepDays = asked.keepDays;
  }

  own(): Place {
    const dataDir = this.#context.globalStorageUri.fsPath;
    const folders = claudeFolders(this.#folders.value);
    return { dataDir, folders, port: this.#port.value, keepDays: this.#keepDays.value };
  }

  /** The demo has a recorder and a port of its own, so that invented sessions never mix with real ones. */
  demo(): Place {
    const dataDir = join(this.#context.globalStorageUri.fsPath, "demo");
    return {
      dataDir,
      folders: [],
      demo: this.#context.asAbsolutePath("media/demo"),
      port: this.#port.value + 10,
    };
  }
}
