import type { ComponentChildren, JSX } from "preact";
import type { Side } from "../../../extension/pages.ts";
import { compareHost } from "../../host.ts";
import { harmless } from "../../lib/harmless.ts";
import { Link } from "../link.tsx";

interface DoorProps {
  side: Side;
  /** As in `Cell`: without it there is nothing behind the number. */
  at: string | null | undefined;
  children: ComponentChildren;
}

/** A number that opens the replay where it counts. */
export function Door({ side, at, children }: DoorProps): JSX.Element {
  if (at === undefined) return <span>{children}</span>;
  return (
    <Link
      class="door"
      title={`Show it in the replay of “${harmless(side.title)}”`}
      onPress={() => void compareHost.openReplay(side.session, at)}
    >
      {children}
    </Link>
  );
}
