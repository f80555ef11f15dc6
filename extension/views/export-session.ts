import { homedir } from "node:os";
import { join } from "node:path";
import { env, ProgressLocation, type QuickPickItem, Uri, window } from "vscode";
import { oneLine, size } from "../base/format.ts";
import type { Owner } from "../base/owner.ts";
import { written } from "../export/format.ts";
import { type FormatName, formatsIn } from "../export/formats.ts";
import { save } from "../export/save.ts";
import { type Trace, Traces, type Words } from "../export/trace.ts";
import type { SessionRow } from "../protocol.ts";

type FormatItem = QuickPickItem & { format: FormatName };
type WordsItem = QuickPickItem & { words: Words };

const FORMS: FormatItem[] = [
  {
    label: "Web page",
    detail: "The replay as one file to look at and to share; it needs no network",
    format: "html",
  },
  { label: "Markdown", detail: "For reviews, tickets and notes", format: "md" },
  { label: "CSV", detail: "A row for each prompt and step, for spreadsheets", format: "csv" },
  { label: "JSON", detail: "All there is", format: "json" },
  { label: "NDJSON", detail: "The same line by line", format: "ndjson" },
  { label: "OpenTelemetry", detail: "Spans as a collector takes them", format: "otlp" },
];

const WORDS: WordsItem[] = [
  { label: "All that was said", detail: "Prompts, commands and diffs, answers and outputs", words: "all" },
  { label: "Prompts, commands and diffs", detail: "No answers and no outputs", words: "prompts" },
  { label: "Numbers only", detail: "No words at all", words: "none" },
];

/** Hands a session on in a form and as far as the user says; secrets are taken out in any case. */
export async function exportSession(
  owner: Owner,
  { id, title }: Pick<SessionRow, "id" | "title">,
): Promise<void> {
  const name = oneLine(title, 60);
  const form = await window.showQuickPick(FORMS, {
    title: `Export “${name}”`,
    placeHolder: "In which form?",
  });
  if (!form) return;
  const format = formatsIn(__dirname)[form.format];
  const words = await askWords(`Export “${name}”`, format.words);
  if (!words) return;
  const target = await window.showSaveDialog({
    ...{ title: `Export “${name}”`, saveLabel: "Export" },
    defaultUri: Uri.file(join(homedir(), `${fileName(title) || id}.${format.extension}`)),
    filters: { [form.label]: [format.extension] },
  });
  if (!target) return;
  const progress = { location: ProgressLocation.Notification, title: "Exporting" };
  const bytes = await window.withProgress(progress, async () => {
    const traces = await Traces.open(owner, words);
    return save(written(format, only(traces, id)), target.fsPath);
  });
  const open = await window.showInformationMessage(`Exported to ${target.fsPath} (${size(bytes)}).`, "Open");
  if (!open) return;
  if (form.format === "html") await env.openExternal(target);
  else await window.showTextDocument(target);
}

/** How much of what was said goes along; what the form carries by itself comes first. */
export async function askWords(title: string, usual: Words): Promise<Words | undefined> {
  const items = [...WORDS].sort((a, b) => Number(b.words === usual) - Number(a.words === usual));
  const placeHolder = "How much of what was said goes along? Secrets are taken out.";
  return (await window.showQuickPick(items, { title, placeHolder }))?.words;
}

async function* only(traces: Traces, id: string): AsyncGenerator<Trace> {
  yield traces.of(id);
}

/** Of a title what every file system takes. */
export function fileName(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .slice(0, 60)
    .replace(/^-+|-+$/g, "");
}
