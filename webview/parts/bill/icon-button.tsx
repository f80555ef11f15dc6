import type { JSX } from "preact";
import { Icon } from "../icon.tsx";

interface IconButtonProps {
  icon: string;
  label: string;
  onPress: () => void;
}

/** A button that is only a picture. */
export function IconButton({ icon, label, onPress }: IconButtonProps): JSX.Element {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={onPress}>
      <Icon name={icon} />
    </button>
  );
}
