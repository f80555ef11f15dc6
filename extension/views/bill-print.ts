import { readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { env, UIKind, Uri, window } from "vscode";
import { reason } from "../base/expected-error.ts";
import { htmlOf } from "./bill-page.ts";

/** VS Code prints no webviews: the page is saved as a file that runs and loads nothing, for a browser to print. */
export async function printBill(extension: Uri, page: string): Promise<void> {
  const defaultUri = Uri.file(join(homedir(), "the-bill.html"));
  const target = await window.showSaveDialog({
    ...{ title: "Print the Bill", saveLabel: "Save and Open in the Browser" },
    ...{ defaultUri, filters: { "Web page": ["html"] } },
  });
  if (!target) return;
  try {
    const style = await readFile(Uri.joinPath(extension, "dist/webview.css").fsPath, "utf8");
    // For its user alone, since it tells of their work.
    await writeFile(target.fsPath, htmlOf(page, style), { mode: 0o600 });
  } catch (error) {
    void window.showErrorMessage(`The bill can't be saved: ${reason(error)}`);
    return;
  }
  // Only where the file lies on the machine that the user sits at can its browser open it.
  const isHere = env.remoteName === undefined && env.uiKind === UIKind.Desktop;
  if (isHere && (await env.openExternal(target))) return;
  void window.showInformationMessage(`Saved to ${target.fsPath}. Open it in a browser to print it.`);
}
