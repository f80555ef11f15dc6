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
  name: string | null;
  agent: string | null;
  failed: number;
}

// What only hooks told of so far has no place in a transcript yet.
const PLACED = "r.id, coalesce(r.at, 0) as at, r.offset, r.length, coalesce(f.path, '') as path";
const OF_SESSION = `left join source f on f.id = r.source
  where r.session = (select key from session where id = ?) order by r.at, r.offset`;
const PROMPTS = `select ${PLACED} from prompt r ${OF_SESSION}`;
const STEPS = `select r.name, r.agent, x.step is not null as failed, ${PLACED} from step r
  left join failure x on x.session = r.session and x.step = r.id ${OF_SESSION}`;

/** One session with its prompts and, below each, the tool calls up to the next prompt. */
export function wholeSession(db: Engine, sessions: Sessions, id: string): Session {
  const row = sessions.one(id);
  if (!row) throw new ExpectedError("This session is not known. It may have been deleted; refresh the list.");
  const prompts = db.all<PromptRow>(PROMPTS, [id]);
  const steps = db.all<StepRow>(STEPS, [id]);
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
  const { id, name, at, failed } = row;
  const step = { id, tool: name ?? "Tool", label: stepLabel(block), at, failed: failed === 1 };
  return row.agent ? { ...step, agent: row.agent } : step;
}

/** Steps before any prompt, as in a transcript whose head is lost, get a chapter of their own. */
function group(chapters: Prompt[], steps: Step[]): Prompt[] {
  const before: Prompt = { id: "", text: "(before the first prompt)", at: 0, steps: [] };
  for (const step of steps) (chapters.findLast(prompt => prompt.at <= step.at) ?? before).steps.push(step);
  return before.steps.length > 0 ? [before, ...chapters] : chapters;
}
