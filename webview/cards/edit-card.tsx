import type { JSX } from "preact";
import { host } from "../host.ts";
import { patchesIn } from "../lib/patch.ts";
import { Link } from "../parts/link.tsx";
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
          <Link onPress={() => void host.openDiff(step.id)}>Open diff</Link>
          <Link onPress={() => void host.openFileAt(step.id)}>Open file as of here</Link>
          <Link onPress={() => void host.undo(step.id)}>Undo…</Link>
        </Diff>
      ))}
    </>
  );
}
