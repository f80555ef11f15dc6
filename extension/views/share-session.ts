import { homedir } from "node:os";
import { join } from "node:path";
import { env, Uri, ViewColumn, window, workspace } from "vscode";
import { oneLine } from "../base/format.ts";
import type { Owner } from "../base/owner.ts";
import type { Format } from "../export/format.ts";
import { formatsIn } from "../export/formats.ts";
import { Traces } from "../export/trace.ts";
import { views } from "../manifest.ts";
import type { SessionRow } from "../protocol.ts";
import { askWords, fileName } from "./export-session.ts";

/** Shows a session as others would see it, before it is saved or copied for them. */
export async function shareSession(
  owner: Owner,
  { id, title }: Pick<SessionRow, "id" | "title">,
): Promise<void> {
  const name = oneLine(title, 60);
  const words = await askWords(`Share “${name}”`, "prompts");
  if (!words) return;
  const trace = await (await Traces.open(owner, words)).of(id);
  const textOf = ({ begin, of, end }: Format) => begin + of(trace) + end;
  const { html, md } = formatsIn(__dirname);
  const page = textOf(html);
  // It runs its own script and loads nothing, here as elsewhere.
  const preview = window.createWebviewPanel(views.share, `To share: ${name}`, ViewColumn.Active, {
    ...{ enableScripts: true, localResourceRoots: [], enableFindWidget: true },
  });
  preview.webview.html = page;
  const [save, copy] = ["Save…", "Copy as Markdown"];
  const question =
    "This is all that others would see. Secrets were taken out; look whether anything else is to stay.";
  const answer = await window.showInformationMessage(question, save, copy);
  if (answer === copy) await env.clipboard.writeText(textOf(md));
  if (answer !== save) return;
  const defaultUri = Uri.file(join(homedir(), `${fileName(title) || id}.html`));
  const target = await window.showSaveDialog({ defaultUri, filters: { "Web page": ["html"] } });
  if (target) await workspace.fs.writeFile(target, Buffer.from(page));
}
