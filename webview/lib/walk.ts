import { isError } from "../../extension/base/steps.ts";
import type { Step } from "../../extension/protocol.ts";
import type { Move } from "./keys.ts";
import { kindOf } from "./kind.ts";
import type { Row } from "./rows.ts";
import type { Story } from "./story.ts";

/** The first of a row's steps; a prompt has none. */
export function stepOf(row: Row): Step | undefined {
  return row.kind === "step" ? row.step : row.kind === "run" ? row.steps[0] : undefined;
}

/** When a row began. */
export function timeOf(row: Row): number {
  return row.kind === "prompt" ? row.prompt.startedAt : (stepOf(row)?.startedAt ?? 0);
}

/** Finds the row in which each step is to be seen: its own, its run's, or that of the call it was done for. */
export function rowFinder(rows: Row[], story: Story): (step: string) => Row | undefined {
  const byId = new Map<string, Row>();
  for (const row of rows) {
    byId.set(row.id, row);
    if (row.kind === "run") for (const { id } of row.steps) if (!byId.has(id)) byId.set(id, row);
  }
  const callOf = new Map<string, string>();
  for (const [call, steps] of story.nested) for (const { id } of steps) callOf.set(id, call);
  return step => {
    for (let id: string | undefined = step, i = 0; id !== undefined && i < 9; id = callOf.get(id), i++) {
      const row = byId.get(id);
      if (row) return row;
    }
    return undefined;
  };
}

/** The row to which a deed leads from the current one. */
export function walk(rows: Row[], current: string | null, deed: Move): Row | undefined {
  const from = rows.findIndex(row => row.id === current);
  if (deed.to === "end") return deed.by < 0 ? rows[0] : rows.at(-1);
  const start = from < 0 && deed.by < 0 ? rows.length : from;
  for (let i = start + deed.by; i >= 0 && i < rows.length; i += deed.by) {
    const row = rows[i];
    if (row && fits(row, deed)) return row;
  }
  return undefined;
}

function fits(row: Row, { to }: Move): boolean {
  const step = row.kind === "step" ? row.step : undefined;
  switch (to) {
    case "step":
      return row.kind !== "prompt";
    case "prompt":
      return row.kind === "prompt";
    case "error":
      return step !== undefined && isError(step);
    case "edit":
      return step !== undefined && kindOf(step) === "edit";
    case "end":
      return true;
  }
}

/** The last step that had begun at a time; the steps are in the order of their times. */
export function stepAt(steps: Step[], time: number): Step | undefined {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle]?.startedAt ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return steps[low - 1];
}
