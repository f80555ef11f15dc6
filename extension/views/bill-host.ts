import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { env, Range, Uri, window } from "vscode";
import { reason } from "../base/expected-error.ts";
import { oneLine } from "../base/format.ts";
import { toolCalls } from "../base/steps.ts";
import type { BilledPrompt, BillHost } from "../pages.ts";
import type { Prompt } from "../protocol.ts";
import type { BillScope } from "./bill-panel.ts";
import { printBill } from "./bill-print.ts";
import { workspaceFolders } from "./listing.ts";

/** Where a memento keeps the findings that nobody wants to hear of again. */
const DISMISSED = "agentTrace.dismissedFindings";

/** What the bill's page may ask. */
export function billHost({ owner, extension, replays, settings, memory }: BillScope): BillHost {
  const { billing, weekStart, budgets } = settings;
  const dismissed = () => memory.get<string[]>(DISMISSED, []);
  return {
    circumstances: async () => ({
      workspace: workspaceFolders().join("\n"),
      ...{
        billing: billing.value,
        weekStart: weekStart.value,
        budgets: budgets.value,
        dismissed: dismissed(),
      },
    }),
    usage: wanted => owner.usage(wanted),
    bill: wanted => owner.bill(wanted),
    breakdown: wanted => owner.breakdown(wanted),
    derivation: wanted => owner.derivation(wanted),
    findings: wanted => owner.findings(wanted),
    reasons: wanted => owner.reasons(wanted),
    prompts: async session =>
      (await owner.session(session)).prompts.filter(({ id }) => id !== "").map(billed),
    alerts: limit => owner.alerts.history({ limit }),
    dismiss: async finding => void (await memory.update(DISMISSED, [...new Set([...dismissed(), finding])])),
    openReplay: async (session, step) => replays.open(await owner.session(session), step ?? undefined),
    openLine: (transcript, offset) => openLine(transcript, offset),
    copy: async text => void (await env.clipboard.writeText(text)),
    save: (name, text) => save(name, text),
    print: page => printBill(extension, page),
  };
}

function billed(prompt: Prompt): BilledPrompt {
  const { id, text, startedAt, costUsd } = prompt;
  return { id, text: oneLine(text), startedAt, steps: toolCalls(prompt).length, costUsd };
}

async function openLine(transcript: string, offset: number): Promise<void> {
  try {
    const line = await lineAt(transcript, offset);
    await window.showTextDocument(Uri.file(transcript), { selection: new Range(line, 0, line, 0) });
  } catch {
    void window.showWarningMessage("The transcript can't be opened. Claude Code may have deleted it.");
  }
}

/** The number of the line that begins at a byte; long transcripts go by in pieces. */
async function lineAt(file: string, offset: number): Promise<number> {
  if (offset === 0) return 0;
  let lines = 0;
  for await (const piece of createReadStream(file, { end: offset - 1 }) as AsyncIterable<Buffer>)
    for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) lines++;
  return lines;
}

async function save(name: string, text: string): Promise<void> {
  const [folder = homedir()] = workspaceFolders();
  const chosen = await window.showSaveDialog({ defaultUri: Uri.file(join(folder, name)) });
  if (!chosen) return;
  await writeFile(chosen.fsPath, text).catch(
    error => void window.showErrorMessage(`The table can't be saved: ${reason(error)}`),
  );
}
