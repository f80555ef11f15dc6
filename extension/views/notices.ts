import { baseName } from "../base/format.ts";
import type { OwnerStatus } from "../base/owner.ts";
import type { Note, Place, RecorderState } from "../job.ts";
import { commands, type Welcome } from "../manifest.ts";
import type { Arranged } from "./arrangement.ts";

/** Something that went wrong, as a row above the sessions: what, why, and the command that helps. */
export interface Notice {
  label: string;
  why: string;
  command: string;
  action: string;
}

/** What the user should be told about the recorder, worst first. */
export function noticesOf(status: OwnerStatus, state: RecorderState | undefined, problem?: string): Notice[] {
  const again = (label: string, why: string) => ({
    label,
    why,
    command: commands.refresh,
    action: "Try again",
  });
  if (status.kind === "failed") return [again("Agent Trace could not start", status.message)];
  if (problem) return [again("The sessions could not be read", problem)];
  const unreadable = (state?.folders ?? []).filter(folder => folder.state === "unreadable");
  return [
    ...unreadable.map(folder => ({
      label: `Cannot read ${baseName(folder.path)}`,
      why: `${folder.path}: ${folder.reason}`,
      command: commands.showStatus,
      action: "Show the status",
    })),
    ...(state?.notes ?? []).map(note => ({ label: note.what, why: note.why, ...helpFor(note, state) })),
  ];
}

/** The text above the rows; without sessions there is room to say in full what keeps them away. */
export function messageOf(
  place: Place,
  notices: Notice[],
  hasSessions: boolean,
  { filter, here }: Pick<Arranged, "filter" | "here">,
): string {
  const parts = [
    place.demo !== undefined && "These sessions are invented. “Close the Demo” above brings back your own.",
    place.demo === undefined && !hasSessions && notices[0]?.why,
    // Without sessions the view's welcome says so, which a message would keep away.
    hasSessions && here && "Only this workspace.",
    hasSessions && filter !== "" && `Filtered: ${filter}`,
  ];
  return parts.filter(Boolean).join(" ");
}

/** With events that could not be stored, trying them again is what helps; else the log knows more. */
function helpFor(note: Note, state: RecorderState | undefined): Pick<Notice, "command" | "action"> {
  if (note.help === "connect") return { command: commands.connect, action: "Connect again" };
  return state && state.deadLetters > 0
    ? { command: commands.replayEvents, action: "Replay the events" }
    : { command: commands.showLog, action: "Show the log" };
}

/** Which welcome text stands in a view without sessions. */
export function welcomeOf(
  status: OwnerStatus,
  state: RecorderState | undefined,
  { filter, here }: Pick<Arranged, "filter" | "here">,
): Welcome {
  if (status.kind === "failed") return "none";
  if (state?.erased) return "erased";
  if (!state?.scanned || state.read < state.found) return "reading";
  if (filter !== "" || here) return "narrowed";
  return state.folders.some(folder => folder.state === "found") ? "empty" : "missing";
}
