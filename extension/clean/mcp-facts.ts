import type { Fact, Tier } from "./facts.ts";
import { isObject } from "./json.ts";
import type { McpNote } from "./mcp.ts";

export function isMcpNote(body: unknown): body is McpNote {
  return isObject(body) && typeof body.session === "string" && typeof body.kind === "string";
}

type NoteOf<K extends McpNote["kind"]> = Extract<McpNote, { kind: K }>;

/** What each kind of note tells. */
const FACTS: { [K in McpNote["kind"]]: (note: NoteOf<K>, at: number) => Fact[] } = {
  state: ({ session, mood, client, title, project, process, ended }, at) => [
    {
      ...{ kind: "session", session, at, mood, client, process, project, projectRank: -at },
      ...(ended && { endReason: "other" }),
    },
    // Programs are named at every tier, as tools are: nobody wrote it.
    ...kept(session, "title", session, 1, title),
  ],
  call: ({ session, id, name, input }, at) => [
    { kind: "session", session, at },
    { kind: "step", type: "tool", session, id, name, at },
    ...kept(session, "input", id, 2, input),
  ],
  result: ({ session, call: step, duration, failure, output }, at) => [
    {
      ...{ kind: "result", session, step, at, from: "hook", duration: Math.round(duration) },
      status: failure?.status ?? "ok",
    },
    ...(failure ? [failed(session, step, at, failure)] : []),
    ...kept(session, "result", step, 3, output),
  ],
};

/** The facts in a note of what passed between a client of MCP and its server. */
export function factsOfMcp(note: McpNote, at: number): Fact[] {
  const tell = FACTS[note.kind] as ((note: McpNote, at: number) => Fact[]) | undefined;
  if (!tell) throw new Error(`A note of kind ${note.kind} is not understood.`);
  return tell(note, at);
}

function failed(
  session: string,
  step: string,
  at: number,
  { type, code }: NonNullable<NoteOf<"result">["failure"]>,
): Fact {
  return { kind: "failure", session, step, at, from: "hook", type, code };
}

function kept(session: string, of: string, owner: string, tier: Tier, text: string | undefined): Fact[] {
  return text ? [{ kind: "content", session, of, owner, tier, text }] : [];
}

/** A note that has no words at any tier. */
export function withoutWords(note: McpNote): McpNote {
  switch (note.kind) {
    case "call":
      return { ...note, input: undefined };
    case "result":
      return { ...note, output: undefined };
    default:
      return note;
  }
}
