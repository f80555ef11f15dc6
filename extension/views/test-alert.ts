import { window } from "vscode";
import type { AlertDelivery } from "../alert.ts";
import type { Owner } from "../base/owner.ts";

const WAYS: { label: string; way: AlertDelivery["way"] | undefined }[] = [
  { label: "Notification", way: undefined },
  { label: "Webhook", way: "webhook" },
  { label: "Mail", way: "email" },
];

/** Sends a test the way that the user picks, and says whether it arrived. */
export async function testAlert(owner: Owner): Promise<void> {
  const picked = await window.showQuickPick(WAYS, {
    title: "Send a Test Alert",
    placeHolder: "By which way",
  });
  if (!picked) return;
  if (picked.way !== undefined) await owner.alerts.test(picked.way);
  const where = picked.way === undefined ? "here" : `by ${picked.label.toLowerCase()}`;
  void window.showInformationMessage(`This is a test: alerts of Agent Trace arrive ${where}.`);
}
