import type { ComponentChildren, JSX } from "preact";
import type { EditorHost } from "../../extension/pages.ts";
import { editor } from "../host.ts";
import { Link } from "./link.tsx";

interface EditorLinkProps {
  does: (editor: EditorHost) => Promise<void>;
  children: ComponentChildren;
}

/** Something that the editor does; where there is none, there is no such link. */
export function EditorLink({ does, children }: EditorLinkProps): JSX.Element | null {
  if (!editor) return null;
  const around = editor;
  return <Link onPress={() => void does(around)}>{children}</Link>;
}
