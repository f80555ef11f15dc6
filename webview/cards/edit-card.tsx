import type { JSX } from "preact";
import { patchesIn } from "../lib/patch.ts";
import { EditorLink } from "../parts/editor-link.tsx";
import type { CardProps } from "./card.tsx";
import { Diff } from "./diff.tsx";

/** What an edit changed. */
export function EditCard({ step, story, told }: CardProps): JSX.Element {
  const patches = patchesIn(told);
  if (patches.length === 0) return <p class="note">It changed nothing.</p>;
  return (
    <>
      {patches.map(patch => (
        <Diff key={patch.path} patch={patch} project={story.session.project}>
          <EditorLink does={editor => editor.openDiff(step.id)}>Open diff</EditorLink>
          <EditorLink does={editor => editor.openFileAt(step.id)}>Open file as of here</EditorLink>
          <EditorLink does={editor => editor.undo(step.id)}>Undo…</EditorLink>
        </Diff>
      ))}
    </>
  );
}
