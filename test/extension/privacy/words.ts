import type { Tier } from "../../../extension/clean/facts.ts";

/** A text in what the client said, and from which tier on it may be kept. */
export interface Text {
  text: string;
  /** 1 is what every tier keeps: ids, times, names of fields, tools and models, the project's folder, where it lies. */
  tier: Tier;
  /** Whether a secret may be put into it, as it says nothing of how a thing hangs together with others. */
  free: boolean;
}

const names = (list: string) => new Set(list.trim().split(/\s+/));

/** All tiers keep these; whatever stands in any other field are somebody's words. */
const KEPT = names(`
  type id uuid parentUuid logicalParentUuid leafUuid sessionId session_id requestSessionId requestId requestRef
  request_id promptId prompt_id prompt.id tool_use_id toolUseId toolUseID agentId agent_id agentType agent_type
  timestamp cwd originalCwd version model role subtype status stop_reason tool_name name hook_event_name
  transcript_path agent_transcript_path session.id event.name message.uuid sourceToolAssistantUUID reason prUrl kind decision
  success toolDenialKind permissionMode permission_mode promptSource attributionSkill`);
/** What a tool is given may have fields of the same names; those of its result keep their meaning. */
const GIVEN = names("input tool_input tool_parameters");
const TIER_2 =
  names(`prompt prompt_text lastPrompt file_path filePath notebook_path gitBranch oldString newString
  structuredPatch bashEditDiff gitOperation`);
/** The client's own words around those of the session: where it looks for a meaning in them. */
const READ =
  /^(?:<|\[Request interrupted|Permission to use|Claude requested|Exit code|\{)|requires approval$/;

/** All texts in a line of a transcript, a hook, or the attributes of a record. */
export function* textsIn(line: unknown): Generator<Text> {
  for (const [keys, text] of leavesOf(line)) {
    yield { text, ...kindOf(keys, text, line) };
    yield { text: keys.join("\n"), tier: 1, free: false };
  }
}

function kindOf(keys: string[], text: string, line: unknown): Pick<Text, "tier" | "free"> {
  const [last = "", given] = [keys.at(-1), keys.some(key => GIVEN.has(key))];
  if (!given && (KEPT.has(last) || (last === "url" && keys.includes("pr")))) return { tier: 1, free: false };
  const free =
    !READ.test(text) && last !== "sha" && last !== "data" && last !== "base64" && last !== "branch";
  if (given || keys.some(key => TIER_2.has(key)) || isAsked(keys, line)) return { tier: 2, free };
  return { tier: 3, free };
}

/** What a person typed. */
function isAsked(keys: string[], line: unknown): boolean {
  const { type, isMeta } = line as { type?: unknown; isMeta?: unknown };
  const path = keys.join(".");
  return (
    type === "user" && isMeta !== true && (path === "message.content" || path === "message.content.text")
  );
}

/** All texts with the names of the fields that they are in; lists have none. */
function* leavesOf(value: unknown, keys: string[] = []): Generator<[keys: string[], text: string]> {
  if (typeof value === "string") yield [keys, value];
  else if (Array.isArray(value)) for (const item of value) yield* leavesOf(item, keys);
  else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value)) yield* leavesOf(item, [...keys, key]);
}

/** The same with each text as `change` makes it. */
export function withTexts<T>(line: T, change: (text: Text) => string): T {
  const walk = (value: unknown, keys: string[]): unknown => {
    if (typeof value === "string") return change({ text: value, ...kindOf(keys, value, line) });
    if (Array.isArray(value)) return value.map(item => walk(item, keys));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, [...keys, key])]));
  };
  return walk(line, []) as T;
}
