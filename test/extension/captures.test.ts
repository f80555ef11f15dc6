import { cp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scratch } from "../scratch.ts";
import { openOwner } from "./open-owner.ts";

const CAPTURES = "test/fixtures/captures";

interface Truth {
  sessions: string[];
  tool_calls: { id: string; name: string; ok: boolean | null }[];
  prompts: { texts: string[] };
}

/** What people typed, without the client's own commands, which are no prompts for the model. */
const asked = (truth: Truth) => truth.prompts.texts.filter(text => !text.startsWith("/"));

test.each(await readdir(CAPTURES))(
  "%s: every prompt and every tool call of a real session, once",
  async name => {
    await using home = await scratch();
    await cp(join(CAPTURES, name, "projects"), home.at(".claude/projects"), { recursive: true });
    const truth = JSON.parse(await readFile(join(CAPTURES, name, "expected.json"), "utf8")) as Truth;
    await using owner = openOwner(home.path);
    await owner.ready();
    const rows = await owner.sessions();
    const sessions = await Promise.all(rows.map(row => owner.session(row.id)));
    const chapters = sessions.flatMap(session => session.chapters);
    const steps = new Map(chapters.flatMap(prompt => prompt.steps.map(step => [step.id, step])));
    expect([...new Set(chapters.map(prompt => prompt.text))].sort()).toEqual(asked(truth).sort());
    expect([...steps.keys()].sort()).toEqual(truth.tool_calls.map(call => call.id).sort());
    for (const { id, name, ok } of truth.tool_calls) {
      expect(steps.get(id)?.tool).toBe(name);
      if (ok !== null) expect([id, steps.get(id)?.failed]).toEqual([id, !ok]);
    }
    for (const row of rows)
      expect(row.steps).toBe(sessions.find(s => s.id === row.id)?.chapters.flatMap(c => c.steps).length);
  },
);
