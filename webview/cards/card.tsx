import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { labelOf } from "../../extension/base/steps.ts";
import type { Step, StepContent } from "../../extension/protocol.ts";
import { kindOf } from "../lib/kind.ts";
import type { Story } from "../lib/story.ts";
import { type Told, toldIn } from "../lib/told.ts";
import { Code } from "../parts/code.tsx";
import { Link } from "../parts/link.tsx";
import { Pictures } from "../parts/pictures.tsx";
import { useContent } from "../state.ts";
import { AgentCard } from "./agent-card.tsx";
import { CommandCard } from "./command-card.tsx";
import { EditCard } from "./edit-card.tsx";
import { ErrorCard } from "./error-card.tsx";
import { OtherCard } from "./other-card.tsx";
import { PlanCard } from "./plan-card.tsx";
import { PriceLine } from "./price-line.tsx";
import { QuestionCard } from "./question-card.tsx";
import { ReadCard } from "./read-card.tsx";
import { TasksCard } from "./tasks-card.tsx";
import { TextCard } from "./text-card.tsx";

/** What every card is made from. */
export interface CardProps {
  step: Step;
  story: Story;
  told: Told;
}

type Draw = (props: CardProps) => JSX.Element | null;

// What a tool's card is goes by its name, else by what kind of tool it is.
const BY_NAME: Record<string, Draw> = {
  AskUserQuestion: QuestionCard,
  ExitPlanMode: PlanCard,
  Read: ReadCard,
  NotebookRead: ReadCard,
  TodoWrite: TasksCard,
  TaskCreate: TasksCard,
  TaskList: TasksCard,
};

function drawOf(step: Step): Draw {
  switch (kindOf(step)) {
    case "edit":
      return step.status === "ok" ? EditCard : OtherCard;
    case "command":
      return CommandCard;
    case "agent":
      return AgentCard;
    case "said":
    case "thought":
      return TextCard;
    case "retry":
    case "trouble":
      return step.kind === "tool" ? OtherCard : ErrorCard;
    default:
      if (step.kind !== "tool") return ErrorCard;
      return (step.status === "ok" && BY_NAME[step.name ?? ""]) || OtherCard;
  }
}

/** How high a card will be, roughly: an edit shows its lines. */
export function cardHeight({ added, removed }: Step): number {
  return added + removed > 0 ? 74 + 19 * Math.min(80, added + removed + 6) : 180;
}

const GONE = "What was said here is no longer in the transcript.";
/** Of a server that was recorded, of which there is no transcript. */
const UNTOLD =
  "Nothing is kept of what was said here. The setting agentTrace.privacyTier lets arguments be kept (2) and results (3), from then on.";

/** What a step was, in full: asked for when it is opened. */
export function Card({ step, story }: { step: Step; story: Story }): JSX.Element {
  const content = useContent(step.id, `${step.status} ${step.durationMs}`);
  if (content.kind === "loading")
    return <div class="card loading" aria-busy="true" style={{ height: `${cardHeight(step)}px` }} />;
  if (content.kind === "failed") return <p class="card note">{content.why}</p>;
  const Draw = drawOf(step);
  const told = toldIn(content.value);
  return (
    <div class="card">
      {content.value.from === "nowhere" && step.kind === "tool" ? (
        <p class="note">{story.session.transcript === "" ? UNTOLD : GONE}</p>
      ) : (
        <Draw {...{ step, story }} told={told} />
      )}
      {isUntold(step, content.value) && <p class="note">What came of it is not known here.</p>}
      <Pictures pictures={told.pictures} from={`that ${step.name} showed: ${labelOf(step)}`} />
      {content.value.cut && <p class="note">This is only the beginning: the rest is too long to show.</p>}
      <Foot {...{ step, story }} content={content.value} />
    </div>
  );
}

/** Of an edit its lines say it. */
function isUntold(step: Step, { from, result }: StepContent): boolean {
  const isOver = step.kind === "tool" && step.status !== "running" && kindOf(step) !== "edit";
  return isOver && from !== "nowhere" && result === undefined;
}

/** What it cost, and what the transcript says word for word. */
function Foot({ step, story, content }: { step: Step; story: Story; content: StepContent }): JSX.Element {
  const [raw, setRaw] = useState(false);
  const { from, cut, pictures, ...said } = content;
  return (
    <>
      <footer>
        <PriceLine {...{ step, story }} />
        <Link onPress={() => setRaw(!raw)} expanded={raw}>
          Raw JSON
        </Link>
      </footer>
      {raw && <Code text={rawOf(step, said)} grammar="json" />}
    </>
  );
}

function rawOf(step: Step, said: Record<string, string | undefined>): string {
  const parsed = (text: string | undefined) => {
    try {
      return JSON.parse(text ?? "") as unknown;
    } catch {
      return text;
    }
  };
  const content = Object.fromEntries(Object.entries(said).map(([of, text]) => [of, parsed(text)]));
  return JSON.stringify({ step, ...content }, null, 2);
}
