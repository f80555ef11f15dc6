import { basename, dirname, join } from "node:path";
import {
  type Disposable,
  EventEmitter,
  TabInputTextDiff,
  Uri,
  commands as vscode,
  window,
  workspace,
} from "vscode";
import type { Change } from "../connect/settings-file.ts";

const SCHEME = "agent-trace-settings";

/** Shows a change of a settings file in the diff editor; answers how to close it again. */
export async function showChange({ path, before, after }: Change): Promise<Disposable> {
  const [left, right] = ["before", "after"].map(side => Uri.from({ scheme: SCHEME, path, query: side }));
  if (!left || !right) throw new Error("There are two sides.");
  const text = (uri: Uri) => (uri.query === "before" ? before : after) ?? "";
  const provider = workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: new EventEmitter<Uri>().event,
    provideTextDocumentContent: text,
  });
  const name = join(basename(dirname(path)), basename(path));
  await vscode.executeCommand("vscode.diff", left, right, `${name} (now ⟷ proposed)`, { preview: true });
  return {
    dispose: () => {
      provider.dispose();
      const isOurs = (input: unknown) =>
        input instanceof TabInputTextDiff && input.modified.toString() === right.toString();
      const tabs = window.tabGroups.all.flatMap(group => group.tabs).filter(tab => isOurs(tab.input));
      void window.tabGroups.close(tabs);
    },
  };
}
