import { Redactor } from "../clean/redact.ts";
import type { Api, Prompt, Session, Step, StepContent } from "../protocol.ts";
import type { Edit } from "../questions.ts";
import { changeIn } from "./details.ts";
import { redacted, redactedJson } from "./redacted.ts";

/** How much of what was said goes along: nothing, what was asked and done, or also what was answered. */
export type Words = "none" | "prompts" | "all";

/** A session as it leaves: whole, and without secrets. */
export interface Trace extends Omit<Session, "transcript" | "prompts"> {
  prompts: TracePrompt[];
  /** What each step did to which file. */
  changes: Omit<Edit, "sessionId">[];
}

export interface TracePrompt extends Omit<Prompt, "steps"> {
  steps: TraceStep[];
}

export interface TraceStep extends Step, Said {
  /** Which one it is, the first being 1. */
  number: number;
}

/** What was said in a step. */
interface Said {
  /** What a tool was given. */
  input?: unknown;
  /** What came of it. */
  result?: string;
  /** The lines that it changed, as the client noted them. */
  details?: object;
  /** What the model wrote or thought. */
  text?: string;
  /** Some of it was too long. */
  cut?: true;
}

type Source = Pick<Api, "session" | "content" | "edits" | "state">;

/** So many steps are asked for at the same time. */
const AT_ONCE = 8;

/** Hands on sessions as they may leave: the only way out there is. */
export class Traces {
  readonly #api: Source;
  readonly #words: Words;
  readonly #redactor: Redactor;

  private constructor(api: Source, words: Words, redactor: Redactor) {
    this.#api = api;
    this.#words = words;
    this.#redactor = redactor;
  }

  static async open(api: Source, words: Words): Promise<Traces> {
    const { redact } = await api.state();
    return new Traces(api, words, new Redactor(redact));
  }

  async of(id: string): Promise<Trace> {
    const { transcript, ...known } = await this.#api.session(id);
    const edits = await this.#api.edits({ session: id });
    const changes = edits.map(({ sessionId, ...edit }) => edit).sort(inOrder);
    const session = { ...known, changes };
    const whole = this.#words === "none" ? wordless(session) : redacted(session, this.#redactor);
    let number = 0;
    const prompts: TracePrompt[] = [];
    for (const prompt of whole.prompts) {
      const steps = prompt.steps.map(step => ({ ...this.#bounded(step), number: ++number }));
      prompts.push({ ...prompt, steps: await this.#told(id, steps) });
    }
    return { ...whole, prompts };
  }

  /** What the model said is beyond its prompts, if only the first line of it. */
  #bounded(step: Step): Step {
    const done = step.kind === "tool" || step.kind === "command";
    return this.#words === "all" || done ? step : { ...step, target: null };
  }

  async #told(session: string, steps: TraceStep[]): Promise<TraceStep[]> {
    if (this.#words === "none") return steps;
    const told: TraceStep[] = [];
    for (let i = 0; i < steps.length; i += AT_ONCE)
      told.push(
        ...(await Promise.all(
          steps.slice(i, i + AT_ONCE).map(async step => {
            if (step.kind !== "tool" && this.#words !== "all") return step;
            return { ...step, ...this.#said(await this.#api.content(session, step.id)) };
          }),
        )),
      );
    return told;
  }

  #said({ input, result, details, text, cut }: StepContent): Said {
    const all = this.#words === "all";
    const change = details === undefined ? undefined : changeIn(details, this.#redactor);
    return {
      ...(input !== undefined && { input: redactedJson(input, this.#redactor) }),
      ...(change && { details: change }),
      ...(all && result !== undefined && { result: this.#redactor.redact(result) }),
      ...(all && text !== undefined && { text: this.#redactor.redact(text) }),
      ...(cut && { cut }),
    };
  }
}

type Change = Trace["changes"][number];

function inOrder(a: Change, b: Change): number {
  const [one, other] = [`${a.stepId} ${a.path}`, `${b.stepId} ${b.path}`];
  return a.at - b.at || (one < other ? -1 : 1);
}

type Unread = Omit<Session, "transcript"> & Pick<Trace, "changes">;

/** Numbers only: what the first privacy tier keeps, and the project's folder as there. */
function wordless(session: Unread): Unread {
  const prompts = session.prompts.map(prompt => ({
    ...prompt,
    text: "",
    steps: prompt.steps.map(step => ({ ...step, target: null })),
  }));
  const names = new Map([...session.files, ...session.changes].map(({ path }, i) => [path, `file ${i + 1}`]));
  const nameless = <T extends { path: string }>(file: T): T => ({
    ...file,
    path: names.get(file.path) ?? "",
  });
  const [files, changes] = [session.files.map(nameless), session.changes.map(nameless)];
  return { ...session, title: "", branch: null, prompts, files, changes };
}
