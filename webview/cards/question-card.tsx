import type { JSX } from "preact";
import { clipped, harmless } from "../lib/harmless.ts";
import { fields, list, words } from "../lib/told.ts";
import { Icon } from "../parts/icon.tsx";
import type { CardProps } from "./card.tsx";

/** What the user was asked, what there was to choose from, and what they chose. */
export function QuestionCard({ told }: CardProps): JSX.Element {
  const answers = fields(told.details.answers);
  return (
    <>
      {list(told.input.questions).map((question, i) => {
        const asked = words(question.question);
        const answer = words(answers[asked]);
        return (
          <div key={i} class="question">
            <p>{harmless(clipped(asked))}</p>
            <ul class="tasks">
              {list(question.options).map((option, j) => {
                const chosen = answer.split(", ").includes(words(option.label));
                return (
                  <li key={j}>
                    <Icon name={chosen ? "pass-filled" : "circle-large-outline"} />
                    <span>
                      {harmless(words(option.label))}{" "}
                      <span class="aside">{harmless(clipped(words(option.description)))}</span>
                    </span>
                  </li>
                );
              })}
            </ul>
            {answer && <p class="aside">You said: {harmless(answer)}</p>}
          </div>
        );
      })}
      {Object.keys(answers).length === 0 && <p class="note">{harmless(clipped(told.result))}</p>}
    </>
  );
}
