import type { JSX } from "preact";

/** `+120 −34`; nothing where no line changed. */
export function Lines({ added, removed }: { added: number; removed: number }): JSX.Element | null {
  if (added + removed === 0) return null;
  return (
    <span class="lines">
      {added > 0 && <span class="added">+{added.toLocaleString("en")}</span>}
      {removed > 0 && <span class="removed">−{removed.toLocaleString("en")}</span>}
    </span>
  );
}
