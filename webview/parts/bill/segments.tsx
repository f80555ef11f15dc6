import type { JSX } from "preact";

interface SegmentsProps<T extends string> {
  label: string;
  choices: readonly (readonly [T, string])[];
  chosen: T;
  onChoose: (choice: T) => void;
}

/** A few choices side by side, of which one is taken. */
export function Segments<T extends string>({
  label,
  choices,
  chosen,
  onChoose,
}: SegmentsProps<T>): JSX.Element {
  return (
    <fieldset class="segments" aria-label={label}>
      {choices.map(([choice, words]) => (
        <button type="button" key={choice} aria-pressed={choice === chosen} onClick={() => onChoose(choice)}>
          {words}
        </button>
      ))}
    </fieldset>
  );
}
