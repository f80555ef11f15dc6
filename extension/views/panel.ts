import { Uri, type WebviewPanel } from "vscode";
import { debounce } from "../base/debounce.ts";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";
import { onAnyChange, Setting } from "../base/setting.ts";
import { settings } from "../manifest.ts";
import type { ToWebview } from "../pages.ts";
import type { Hint } from "../protocol.ts";
import { pageHtml } from "./page.ts";

/** Where a panel's page comes from, and what tells that it is out of date. */
export interface Shown {
  owner: Owner;
  extension: Uri;
  page: string;
  /** Whether a hint is about what the page shows. */
  concerns: (hint: Hint) => boolean;
  /** How long it waits for more to change before it asks again, in milliseconds. */
  pause: number;
}

interface Open {
  /** Ends with the panel. */
  life: Lifetime;
  /** Tells the page to ask again. */
  changed: () => void;
}

/** Shows a page in a panel, and tells it when what it shows is out of date. */
export function showPage(panel: WebviewPanel, { owner, extension, page, concerns, pause }: Shown): Open {
  const life = new Lifetime();
  panel.onDidDispose(() => void life.close());
  const changed = life.add(
    debounce(
      () => void panel.webview.postMessage({ hint: "changed" } satisfies ToWebview),
      () => pause,
    ),
  );
  // A hidden page is gone, and asks when it is built again.
  life.add(owner.hints.on(hint => concerns(hint) && panel.visible && changed()));
  life.add(owner.statusChanged.on(status => status.kind === "joined" && panel.visible && changed()));
  panel.webview.options = { enableScripts: true, localResourceRoots: [Uri.joinPath(extension, "dist")] };
  const fill = () => {
    panel.webview.html = pageHtml(panel.webview, extension, page);
  };
  fill();
  life.add(onAnyChange([new Setting(settings.currency), new Setting(settings.timeZone)], fill));
  return { life, changed };
}
