import { join } from "node:path";
import type { ExtensionContext } from "vscode";
import { claudeFolders } from "../base/claude-folders.ts";
import type { Setting } from "../base/setting.ts";
import type { Place } from "../protocol.ts";

/** The places a window can show: the user's own sessions, or the demo. */
export class Places {
  readonly #context: ExtensionContext;
  readonly #folders: Setting<string[]>;
  readonly #port: Setting<number>;

  constructor(context: ExtensionContext, folders: Setting<string[]>, port: Setting<number>) {
    this.#context = context;
    this.#folders = folders;
    this.#port = port;
  }

  own(): Place {
    const dataDir = this.#context.globalStorageUri.fsPath;
    return { dataDir, folders: claudeFolders(this.#folders.value), port: this.#port.value };
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
