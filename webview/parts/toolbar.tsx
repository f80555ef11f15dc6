import type { JSX } from "preact";
import type { Chosen, Counts, Filter } from "../lib/filter.ts";
import type { View } from "../state.ts";
import { TextField } from "./control.tsx";

const CHIPS: [Chosen, string][] = [
  ["all", "All"],
  ["edits", "Edits"],
  ["commands", "Commands"],
  ["errors", "Errors"],
  ["agents", "Sub-agents"],
  ["commits", "Commits"],
  ["open", "In the editor"],
];

interface ToolbarProps {
  filter: Filter;
  counts: Counts;
  /** The name of the file in the editor, if that is followed. */
  open: string | undefined;
  shape: View["shape"];
  onFilter: (filter: Filter) => void;
  onShape: (shape: View["shape"]) => void;
  /** Whether the prompts are shown where there is no room for them beside the steps. */
  outlined: boolean;
  onOutline: () => void;
}

/** Which steps are shown, and how. */
export function Toolbar(props: ToolbarProps): JSX.Element {
  const { filter, counts, open, shape, onFilter, onShape, outlined, onOutline } = props;
  const chips = CHIPS.filter(
    ([chosen]) => chosen === "all" || counts[chosen] > 0 || filter.chosen === chosen,
  );
  return (
    <div class="toolbar" role="toolbar" aria-label="Filter">
      <button type="button" class="chip prompts" aria-expanded={outlined} onClick={onOutline}>
        Prompts
      </button>
      <TextField
        label="Filter steps"
        placeholder="Filter steps  ( / )"
        value={filter.text}
        onText={text => onFilter({ ...filter, text })}
      />
      {chips.map(([chosen, name]) => (
        <button
          type="button"
          key={chosen}
          class="chip"
          aria-pressed={filter.chosen === chosen}
          title={chosen === "open" ? "Show only what touched the file in the editor" : undefined}
          onClick={() => onFilter({ ...filter, chosen })}
        >
          {(chosen === "open" && open) || name}
          {chosen !== "all" && <span class="aside"> {counts[chosen].toLocaleString("en")}</span>}
        </button>
      ))}
      <span class="shapes">
        {(["timeline", "waterfall"] as const).map(name => (
          <button
            type="button"
            key={name}
            class="shape"
            aria-pressed={shape === name}
            onClick={() => onShape(name)}
          >
            {name === "timeline" ? "Timeline" : "Waterfall"}
          </button>
        ))}
      </span>
    </div>
  );
}
