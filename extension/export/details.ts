import { object, objects, parseObject, text } from "../clean/json.ts";
import type { Redactor } from "../clean/redact.ts";

/** The lines that a call changed and where they stood, out of all that the client noted of it; without secrets. */
export function changeIn(details: string, redactor: Redactor): object | undefined {
  const { filePath, structuredPatch, bashEditDiff } = parseObject(details) ?? {};
  const fileOf = (path: unknown) => redactor.redact(text(path) ?? "");
  const hunks = hunksOf(structuredPatch, redactor);
  if (hunks.length > 0) return { filePath: fileOf(filePath), structuredPatch: hunks };
  const files = objects(object(bashEditDiff).files).map(({ filePath, hunks }) => ({
    filePath: fileOf(filePath),
    hunks: hunksOf(hunks, redactor),
  }));
  return files.length > 0 ? { bashEditDiff: { files } } : undefined;
}

function hunksOf(value: unknown, redactor: Redactor): object[] {
  return objects(value).map(({ oldStart, newStart, lines }) => {
    const known = Array.isArray(lines) ? lines.map(String) : [];
    // As the text that they are together: a key goes over many of them.
    return { oldStart, newStart, lines: redactor.redact(known.join("\n")).split("\n") };
  });
}
