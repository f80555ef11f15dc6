import type { JSX } from "preact";
import { patchesOfCommand } from "../lib/patch.ts";
import { words } from "../lib/told.ts";
import { Code } from "../parts/code.tsx";
import { EditorLink } from "../parts/editor-link.tsx";
import type { CardProps } from "./card.tsx";
import { Diff } from "./diff.tsx";
import { Output } from "./output.tsx";

const EXIT_CODE = /^(?:Error: )?Exit code (\d+)\n?/;

/** A command as it was typed, what it printed, and what it changed. */
export function CommandCard({ step, story, told }: CardProps): JSX.Element {
  const { input, details, result, pictures } = told;
  const command = words(input.command);
  const [, code] = EXIT_CODE.exec(result) ?? [];
  const printed = [words(details.stdout), words(details.stderr)].filter(Boolean).join("\n");
  // A long output is whole in the result only: what the client noted is cut.
  const text =
    pictures.length > 0 || result.length > printed.length ? result.replace(EXIT_CODE, "") : printed;
  return (
    <>
      {(command.includes("\n") || command.length > 100) && <Code text={command} grammar="bash" />}
      {(words(input.description) || code) && (
        <p class="about">
          {words(input.description)}
          {code && <span class="outcome">exit {code}</span>}
        </p>
      )}
      {told.ended && (text || pictures.length === 0) && (
        <Output text={text} failed={step.status === "failed"} />
      )}
      {patchesOfCommand(told).map(patch => (
        <Diff key={patch.path} patch={patch} project={story.session.project}>
          <EditorLink does={editor => editor.openDiff(step.id, patch.path)}>Open diff</EditorLink>
        </Diff>
      ))}
    </>
  );
}
