import type { JSX } from "preact";
import { count, oneLine } from "../../extension/base/format.ts";
import { toolCalls } from "../../extension/base/steps.ts";
import type { Prompt } from "../../extension/protocol.ts";

/** The prompts at the left, each a link to its chapter. */
export function Outline({ prompts }: { prompts: Prompt[] }): JSX.Element {
  return (
    <nav aria-label="Prompts">
      <h2>Prompts</h2>
      <ol>
        {prompts.map((prompt, i) => (
          <li key={prompt.id}>
            <a href={`#prompt-${i + 1}`} onClick={event => jump(event, i + 1)}>
              <span class="number">{i + 1}</span>
              <span class="title">{oneLine(prompt.text, 60)}</span>
              <span class="aside">{count(toolCalls(prompt).length, "step")}</span>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** A webview has no address to follow a link in, so the chapter is brought into view by hand. */
function jump(event: Event, number: number): void {
  event.preventDefault();
  document.getElementById(`prompt-${number}`)?.scrollIntoView({ block: "start" });
}
