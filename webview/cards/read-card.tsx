import type { JSX } from "preact";
import { grammarOfFile } from "../lib/highlight.ts";
import { fields, words } from "../lib/told.ts";
import { Code } from "../parts/code.tsx";
import { EditorLink } from "../parts/editor-link.tsx";
import type { CardProps } from "./card.tsx";

// In front of each line the client writes its number for the model.
const NUMBERED = /^ *(\d+)(?:\t|→)/;

/** A file, or a part of one, as it was read. */
export function ReadCard({ step, told }: CardProps): JSX.Element | null {
  const file = fields(told.details.file);
  const path = words(file.filePath) || words(told.input.file_path);
  const lines = told.result.split("\n");
  const start = Number(file.startLine ?? NUMBERED.exec(lines[0] ?? "")?.[1] ?? 1);
  const text = words(file.content) || lines.map(line => line.replace(NUMBERED, "")).join("\n");
  if (told.pictures.length > 0 || !told.ended) return null;
  if (text.trim() === "") return <p class="note">There was nothing in it.</p>;
  return (
    <>
      <Code text={text} grammar={grammarOfFile(path)} start={start} />
      <p class="about">
        <EditorLink does={editor => editor.openFileAt(step.id, path)}>Open file as of here</EditorLink>
      </p>
    </>
  );
}
