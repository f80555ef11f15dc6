import { ExpectedError } from "../base/expected-error.ts";
import { promptText, type TranscriptLine } from "../clean/content.ts";
import type { Engine } from "../db/engine.ts";
import type { Prompt, Session, Step } from "../protocol.ts";
import { stepLabel } from "./label.ts";
import { type Spot, withLines } from "./line-at.ts";
import type { Sessions } from "./sessions.ts";

interface PromptRow extends Spot {
  id: string;
  at: number;
}

interface StepRow extends PromptRow {
  tool: string;
  agent: string | null;
  failed: number;
}

const PLACED = "r.id, r.at, r.offset, r.length, f.path from";
const OF_SESSION = "r join source f on f.id = r.source where r.session = ? order by r.at, r.offset";

/** One session with its prompts and, below each, the tool calls up to the next prompt. */
export function wholeSession(db: Engine, sessions: Sessions, id: string): Session {
  const row = sessions.one(id);
  if (!row) throw new ExpectedError("This session is not known. It may have been deleted; refresh the list.");
  const prompts = db.all<PromptRow>(`select ${PLACED} prompt ${OF_SESSION}`, [id]);
  const steps = db.all<StepRow>(`select r.tool, r.agent, r.failed, ${PLACED} step ${OF_SESSION}`, [id]);
  return withLines(at => {
    const chapters = prompts.map(prompt => dressPrompt(prompt, at(prompt)));
    return {
      ...row,
      chapters: group(
        chapters,
        steps.map(step => dressStep(step, at(step))),
      ),
    };
  });
}

function dressPrompt(row: PromptRow, line: TranscriptLine): Prompt {
  const text = promptText(line) ?? "(no longer in the transcript)";
  return { id: row.id, at: row.at, text, steps: [] };
}

function dressStep(row: StepRow, line: TranscriptLine): Step {
  const block = line.content.find(block => block.id === row.id);
  const step = { id: row.id, tool: row.tool, label: stepLabel(block), at: row.at, failed: row.failed === 1 };
  return row.agent ? { ...step, agent: row.agent } : step;
}

/** Steps before any prompt, as in a transcript whose head is lost, get a chapter of their own. */
function group(chapters: Prompt[], steps: Step[]): Prompt[] {
  const before: Prompt = { id: "", text: "(before the first prompt)", at: 0, steps: [] };
  for (const step of steps) (chapters.findLast(prompt => prompt.at <= step.at) ?? before).steps.push(step);
  return before.steps.length > 0 ? [before, ...chapters] : chapters;
}
