import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { HELP } from "../lib/keys.ts";
import { Button } from "./control.tsx";

/** The keys of the page, over it. */
export function Help({ onClose }: { onClose: () => void }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal?.(), []);
  return (
    <dialog ref={dialog} class="help" aria-label="Keys of this page" onClose={onClose}>
      <h2>Keys</h2>
      <dl>
        {HELP.map(([keys, does]) => (
          <div key={does}>
            <dt>
              {keys.map(key => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Button onPress={onClose}>Close</Button>
    </dialog>
  );
}
