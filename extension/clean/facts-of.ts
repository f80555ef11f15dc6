import type { Line } from "../capture/lines.ts";
import { type Block, parseLine, promptText, type TranscriptLine } from "./content.ts";
import { type Fact, type Spot, titleRank } from "./facts.ts";

/** The facts in some lines, and how many of the lines were not JSON. */
export function factsOfLines(lines: Line[]): { facts: Fact[]; skipped: number } {
  const found = lines.map(factsOf);
  return { facts: found.flatMap(facts => facts ?? []), skipped: found.filter(facts => !facts).length };
}

/** The facts in a transcript line; undefined when it is not JSON. */
function factsOf(line: Line): Fact[] | undefined {
  const parsed = parseLine(line.text);
  if (!parsed) return line.text.trim() === "" ? [] : undefined;
  const session = parsed.sessionId;
  if (!session) return [];
  const spot: Spot = { offset: line.offset, length: line.length };
  return [...seen(parsed, session), ...titles(parsed, session, spot), ...turns(parsed, session, spot)];
}

/** Only lines of a conversation tell when a session was at work; a sub-agent's folder is not the session's. */
function seen(line: TranscriptLine, session: string): Fact[] {
  if (line.type !== "user" && line.type !== "assistant") return [];
  const at = timeOf(line);
  if (at === undefined) return [];
  const project = line.isSidechain ? undefined : line.cwd;
  return [{ kind: "session", session, at, ...(project === undefined ? {} : { project }) }];
}

function titles(line: TranscriptLine, session: string, spot: Spot): Fact[] {
  const title = (of: keyof typeof titleRank): Fact[] => [
    { kind: "title", session, rank: titleRank[of](spot), spot },
  ];
  if (line.type === "custom-title" && line.customTitle) return title("custom");
  if (line.type === "ai-title" && line.aiTitle) return title("ai");
  return promptText(line) ? title("prompt") : [];
}

function turns(line: TranscriptLine, session: string, spot: Spot): Fact[] {
  const at = timeOf(line);
  if (at === undefined) return [];
  if (line.type === "assistant") return line.content.flatMap(block => step(block, line, session, at, spot));
  if (promptText(line) !== undefined && line.uuid) {
    return [{ kind: "prompt", session, id: line.uuid, at, spot }];
  }
  return line.content.flatMap(block =>
    block.type === "tool_result" && block.is_error && block.tool_use_id
      ? [{ kind: "failure", session, at, step: block.tool_use_id } as const]
      : [],
  );
}

function step(block: Block, line: TranscriptLine, session: string, at: number, spot: Spot): Fact[] {
  if (block.type !== "tool_use" || !block.id || !block.name) return [];
  const agent = line.agentId === undefined ? {} : { agent: line.agentId };
  return [{ kind: "step", session, id: block.id, at, name: block.name, ...agent, spot }];
}

function timeOf(line: TranscriptLine): number | undefined {
  const at = Date.parse(line.timestamp ?? "");
  return Number.isNaN(at) ? undefined : at;
}
