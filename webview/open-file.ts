import { useEffect, useState } from "preact/hooks";
import type { OpenFile } from "../extension/pages.ts";
import { editor, onMoved } from "./host.ts";

/** The file that the editor shows, while that is followed; `moved` is told when the user goes elsewhere in it. */
export function useOpenFile(follows: boolean, moved: (file: OpenFile) => void): OpenFile | null {
  const [file, setFile] = useState<OpenFile | null>(null);
  useEffect(() => {
    if (!editor || !follows) {
      setFile(null);
      return;
    }
    const ask = async () => {
      // Nobody answers while the recorder changes hands; then, and when no file is in sight, the last one counts.
      const file = await editor?.openFile().catch(() => null);
      if (file) setFile(file);
      return file;
    };
    void ask();
    return onMoved(() => void ask().then(file => file && moved(file)));
  }, [follows]);
  return file;
}
