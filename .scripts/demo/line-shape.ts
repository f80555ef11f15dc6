/** A parsed JSON object. */
export type Json = { [name: string]: unknown };

/** Field names of one kind of line, with the kinds of value each may have; `?` marks one that may be missing. */
type Shape = Record<string, string>;

// maps whose keys are data, not names
const MAPS = new Set(["modelUsage"]);

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function blocksOf(line: Json): Json[] {
  const content = isObject(line.message) ? line.message.content : undefined;
  return Array.isArray(content) ? content.filter(isObject) : [];
}

/** Names of the tools by the id of their call. */
export function toolNames(lines: Json[]): Map<string, string> {
  const calls = lines.flatMap(blocksOf).filter(block => block.type === "tool_use");
  return new Map(calls.map(call => [String(call.id), String(call.name)]));
}

function userKind(line: Json, tools: Map<string, string>): string {
  const [block] = blocksOf(line);
  if (line.isCompactSummary) return "user summary";
  if (!block) return "user text";
  if (block.type !== "tool_result") return "user interrupt";
  if (line.isSidechain) return "user result";
  const tool = tools.get(String(block.tool_use_id)) ?? "?";
  const denied = line.toolDenialKind ? " denied" : "";
  return `user ${tool}${denied || (block.is_error ? " failed" : "")}`;
}

/** What kind of line it is, as fine as its fields tell. */
export function kindOf(line: Json, tools: Map<string, string>): string {
  const [block] = blocksOf(line);
  const kinds: Record<string, () => string> = {
    user: () => userKind(line, tools),
    assistant: () => `assistant ${line.isAbortedMidStream ? "aborted" : block?.type}`,
    system: () => `system ${line.subtype}`,
    attachment: () => `attachment ${isObject(line.attachment) ? line.attachment.type : ""}`,
    "queue-operation": () => `queue-operation ${line.operation}`,
  };
  const kind = kinds[String(line.type)]?.() ?? String(line.type);
  // the model speaks alike in both, what it hears differs
  return line.isSidechain && line.type !== "assistant" ? `agent ${kind}` : kind;
}

/** Every field of a value with its kind; list elements share one path. */
export function fieldsOf(value: unknown, path = ""): [path: string, kind: string][] {
  if (Array.isArray(value)) return value.flatMap(element => fieldsOf(element, `${path}[]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = `${path}.${MAPS.has(path.slice(1)) ? "*" : name}`;
    const kind = inner === null ? "null" : Array.isArray(inner) ? "array" : typeof inner;
    return [[field, kind] as [string, string], ...fieldsOf(inner, field)];
  });
}

/** The shapes of all kinds of line among some transcripts. */
export function learnShapes(transcripts: Json[][]): Record<string, Shape> {
  const seen = new Map<
    string,
    { lines: number; fields: Map<string, { kinds: Set<string>; lines: number }> }
  >();
  for (const lines of transcripts) {
    const tools = toolNames(lines);
    for (const line of lines) {
      const kind = kindOf(line, tools);
      const entry = seen.get(kind) ?? { lines: 0, fields: new Map() };
      seen.set(kind, entry);
      entry.lines += 1;
      const found = new Map<string, Set<string>>();
      for (const [path, type] of fieldsOf(line)) found.set(path, (found.get(path) ?? new Set()).add(type));
      for (const [path, types] of found) {
        const field = entry.fields.get(path) ?? { kinds: new Set(), lines: 0 };
        for (const type of types) field.kinds.add(type);
        field.lines += 1;
        entry.fields.set(path, field);
      }
    }
  }
  const shape = ({
    lines,
    fields,
  }: {
    lines: number;
    fields: Map<string, { kinds: Set<string>; lines: number }>;
  }) =>
    Object.fromEntries(
      [...fields].map(([path, field]) => [
        path,
        [...field.kinds].sort().join("|") + (field.lines < lines ? "?" : ""),
      ]),
    );
  return Object.fromEntries(
    [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, entry]) => [kind, shape(entry)]),
  );
}
