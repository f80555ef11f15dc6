import { type Disposable, commands as vscode, window, workspace } from "vscode";
import { oneLine } from "../base/format.ts";
import { Lifetime } from "../base/lifetime.ts";
import type { Owner } from "../base/owner.ts";
import { otlp } from "../export/otlp.ts";
import { Traces, type Words } from "../export/trace.ts";
import type { ForwardState } from "../job.ts";
import { settings } from "../manifest.ts";

/** What goes along, as people are told. */
export const GOING: Record<Words, string> = {
  none: "numbers only",
  prompts: "with prompts, paths, commands and diffs",
  all: "with all that was said",
};

/** Asks, once in a window, whether sessions are to be sent on as the setting says. */
export class ForwardQuestion implements Disposable {
  readonly #owner: Owner;
  readonly #life = new Lifetime();
  /** What was asked already. */
  readonly #asked = new Set<string>();

  constructor(owner: Owner) {
    this.#owner = owner;
    const look = () => void this.#look().catch(() => {});
    this.#life.add(owner.statusChanged.on(({ kind }) => kind === "joined" && look()));
  }

  dispose(): void {
    void this.#life.close();
  }

  async #look(): Promise<void> {
    const { forward } = await this.#owner.state();
    const what = JSON.stringify(forward);
    if (forward?.waiting !== null || !window.state.focused || this.#asked.has(what)) return;
    this.#asked.add(what);
    await agree(this.#owner, forward, "Preview");
  }
}

/** Shows what would be sent of the session last at work, as text; and asks for leave, if that was not given. */
export async function previewForwarding(owner: Owner): Promise<void> {
  const { forward } = await owner.state();
  if (!forward) return nothingYet();
  const [last] = await owner.sessions({ limit: 1 });
  const trace = last && (await (await Traces.open(owner, forward.words)).of(last.id));
  const spans = trace ? JSON.parse(otlp.begin + otlp.of(trace) + otlp.end) : {};
  const content = [
    `// “${oneLine(last?.title ?? "No session", 60)}” as spans for ${forward.to}: ${GOING[forward.words]}, without secrets.`,
    JSON.stringify(spans, null, 2),
  ].join("\n");
  await window.showTextDocument(await workspace.openTextDocument({ language: "jsonc", content }));
  if (forward.waiting === null) await agree(owner, forward);
}

async function agree(owner: Owner, { to, words }: ForwardState, ...more: string[]): Promise<void> {
  const yes = "Send from Now On";
  const question = `Sessions are to be sent on to ${to} as they pause and end, ${GOING[words]}. Nothing was sent yet.`;
  const answer = await window.showInformationMessage(question, yes, ...more);
  if (answer === yes) await owner.agreeToForward();
  else if (answer !== undefined) await previewForwarding(owner);
}

async function nothingYet(): Promise<void> {
  const open = "Open the Setting";
  const said =
    "Nothing is sent on. The setting agentTrace.forward says where to; Show Status says what is wrong with it, if anything is.";
  if ((await window.showInformationMessage(said, open)) === open)
    await vscode.executeCommand("workbench.action.openSettings", settings.forward.id);
}
