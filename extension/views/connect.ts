import { ThemeIcon, commands as vscode, type WorkspaceFolder, window, workspace } from "vscode";
import { baseName } from "../base/format.ts";
import type { Setting } from "../base/setting.ts";
import { connect, type How, type Subject, subjectOf, tryOut, wantedOf } from "../connect/connection.ts";
import { projectSettings, userSettings } from "../connect/places.ts";
import { applyChange, type Change, proposeConnect, proposeDisconnect } from "../connect/settings-file.ts";
import type { Place } from "../job.ts";
import { commands } from "../manifest.ts";
import { tilde } from "./home.ts";
import { showChange } from "./settings-diff.ts";
import { ask, BACK, type Choice, type Question } from "./wizard.ts";

/** What connecting works on. */
export interface ConnectScope {
  /** Where the user's own sessions are recorded. */
  place: Place;
  tier: Setting<Tier>;
  /** The script that hooks run. */
  hookScript: string;
}

type Tier = How["tier"];

const TITLE = "Connect Claude Code";
const STEPS = 4;

/** Asks what to connect, shows what that changes in Claude Code's settings, writes it if that is wanted, and tries it. */
export async function connectClaude({ place, tier, hookScript }: ConnectScope): Promise<void> {
  const answers = await askAll(place, tier.value);
  if (!answers) return;
  const how: How = { tier: answers.tier, ...answers.what };
  const subject = await subjectOf(place, answers.project || undefined);
  const change = await proposeConnect(subject.path, await wantedOf(subject, how));
  const same = change.before === change.after;
  if (!same && !(await agreed(change, TITLE, STEPS))) return;
  await connect(change, subject.side, hookScript);
  if (tier.value !== how.tier) await tier.set(how.tier);
  await report(subject, how, change.notes, same);
}

/** Takes out of Claude Code's settings what Connect put in, wherever it did. */
export async function disconnectClaude(place: Place): Promise<void> {
  const subjects = await Promise.all([undefined, ...projects()].map(folder => subjectOf(place, folder)));
  const changes = await Promise.all(subjects.map(({ path, side }) => proposeDisconnect(path, side)));
  const real = changes.filter(({ before, after }) => before !== after);
  if (real.length === 0)
    return void window.showInformationMessage(
      "Claude Code is not connected, in your settings or this folder's. Its sessions are read from its transcripts.",
    );
  for (const change of real) {
    if (!(await agreed(change, "Disconnect Claude Code", 1))) continue;
    const side = subjects[changes.indexOf(change)]?.side;
    if (side) await applyChange(change, side.dataDir);
    void window.showInformationMessage(
      `Disconnected in ${tilde(change.path)}. Sessions are read from the transcripts of Claude Code as before.`,
    );
  }
}

interface Answers {
  tier: Tier;
  /** Empty for all of them. */
  project: string;
  what: Pick<How, "telemetry" | "hooks">;
}

/** One question after the other, and back. */
async function askAll(place: Place, tier: Tier): Promise<Answers | undefined> {
  const answers: Answers = { tier, project: "", what: WHAT[0].value };
  const questions = [
    () => askFor("tier", tierQuestion(answers.tier)),
    () => askFor("project", scopeQuestion(place)),
    () => askFor("what", whatQuestion(answers.what)),
  ];
  async function askFor<K extends keyof Answers>(name: K, question: Question<Answers[K]>) {
    const answer = await ask(question);
    if (answer === undefined || answer === BACK) return answer;
    answers[name] = answer;
    return true;
  }
  for (let at = 0; at < questions.length; ) {
    const went = await questions[at]?.();
    if (went === undefined) return undefined;
    at += went === BACK ? -1 : 1;
  }
  return answers;
}

const TIERS: Choice<Tier>[] = [
  {
    label: "Numbers only",
    description: "tier 1, recommended",
    detail:
      "Times, costs, counts and names of tools. Words stay in Claude Code's transcripts, and are read when you look.",
    value: 1,
  },
  {
    label: "Prompts and changes, too",
    description: "tier 2",
    detail:
      "Prompts, paths, commands and diffs are kept as well, for when Claude Code has deleted its transcripts.",
    value: 2,
  },
  {
    label: "Everything",
    description: "tier 3",
    detail: "Claude's answers and what tools printed are kept as well. Secrets are taken out at every tier.",
    value: 3,
  },
];

function tierQuestion(usual: Tier): Question<Tier> {
  const placeholder = "How much may Agent Trace keep? Nothing ever leaves this machine.";
  return { title: TITLE, placeholder, choices: TIERS, usual, step: 1, steps: STEPS, back: false };
}

function scopeQuestion({ folders }: Place): Question<string> {
  const everywhere = {
    label: "All my projects",
    description: tilde(userSettings(folders[0] ?? "")),
    detail: "Your own settings of Claude Code on this machine.",
    value: "",
  };
  const here = projects().map(folder => ({
    label: `Only ${baseName(folder)}`,
    description: tilde(projectSettings(folder)),
    detail: "Your settings for this project, which Claude Code keeps out of git.",
    value: folder,
  }));
  const placeholder = "Which sessions are to be seen live?";
  return {
    title: TITLE,
    placeholder,
    choices: [everywhere, ...here],
    usual: "",
    step: 2,
    steps: STEPS,
    back: true,
  };
}

const WHAT: [Choice<Answers["what"]>, ...Choice<Answers["what"]>[]] = [
  {
    label: "Telemetry and silent hooks",
    description: "recommended",
    detail: "Exact costs and durations, and when Claude waits for you. Adds no line to transcripts.",
    value: { telemetry: true, hooks: "command" },
  },
  {
    label: "Telemetry and hooks over HTTP",
    description: "Claude Code 2.1.197 or newer",
    detail: "Each tool call at the moment it begins; Claude Code adds a line to its transcript for each.",
    value: { telemetry: true, hooks: "http" },
  },
  {
    label: "Telemetry only",
    detail: "Exact costs and durations, without knowing when Claude waits for you.",
    value: { telemetry: true, hooks: "none" },
  },
  {
    label: "Silent hooks only",
    detail: "When Claude waits for you; for those whose telemetry goes elsewhere.",
    value: { telemetry: false, hooks: "command" },
  },
];

function whatQuestion(usual: Answers["what"]): Question<Answers["what"]> {
  const asked = { title: TITLE, placeholder: "What should Claude Code tell?", choices: WHAT, usual };
  return { ...asked, step: 3, steps: STEPS, back: true };
}

/** Shows the change beside the question whether to make it. */
async function agreed(change: Change, title: string, step: number): Promise<boolean> {
  const shown = await showChange(change);
  const write = {
    label: change.after === undefined ? "Delete the File" : "Write This Change",
    iconPath: new ThemeIcon(change.after === undefined ? "trash" : "check"),
    description: tilde(change.path),
    detail: change.notes.join(" ") || "Only you can read the file then. What was there before is kept aside.",
    value: true,
  };
  const choices = [write, { label: "Leave It as It Is", iconPath: new ThemeIcon("close"), value: false }];
  const placeholder = "This is what would change in Claude Code's settings.";
  const answer = await ask({ title, placeholder, choices, usual: true, step, steps: step, back: false });
  shown.dispose();
  return answer === true;
}

async function report(subject: Subject, how: How, notes: string[], same: boolean): Promise<void> {
  const trouble = [...notes, ...(await tryOut(subject, how))];
  const said = same
    ? `Claude Code is connected already, in ${tilde(subject.path)}.`
    : "Claude Code is connected: sessions that begin from now on are seen live.";
  const text = [said, ...(trouble.length > 0 ? trouble : ["It was tried, and arrived."])].join(" ");
  const show = trouble.length > 0 ? window.showWarningMessage : window.showInformationMessage;
  void show(text, "Show Status").then(chosen => chosen && vscode.executeCommand(commands.showStatus));
}

function projects(): string[] {
  if (!workspace.isTrusted) return [];
  const isLocal = ({ uri }: WorkspaceFolder) => uri.scheme === "file";
  return (workspace.workspaceFolders ?? []).filter(isLocal).map(({ uri }) => uri.fsPath);
}
