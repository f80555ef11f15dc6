import { promptText } from "../clean/prompts.ts";
import { readable } from "../clean/skim.ts";
import type { Engine } from "../db/engine.ts";
import { Agents } from "./agents.ts";
import { Requests } from "./requests.ts";
import { chapterOf, keyOf } from "./session.ts";
import { dollars } from "./spent.ts";
import { type StepPlace, stepPlaces, stepRows } from "./steps.ts";
import type { Spot, Words } from "./words.ts";

const PROMPTS =
  "select id, coalesce(at, 0) as startedAt from prompt where session = ? order by prompt.at, prompt.offset";
const PROMPT =
  "select p.offset, p.length, f.path from prompt p left join source f on f.id = p.source where p.id = ?";
const AGENTS = `select a.id, coalesce(a.parent, x.agent) as parent from agent a left join step x on x.id = a.step
  where a.session = ?`;
/** SQLite takes as many parameters. */
const MOST_STEPS = 1000;

/** What steps of a session were done for, and what they cost. */
export class Origins {
  readonly #db: Engine;
  readonly #key: number;
  readonly #places: Map<string, StepPlace>;
  readonly #requests: Requests;
  readonly #agents: Agents;
  readonly #prompts: { id: string; startedAt: number }[];

  constructor(db: Engine, session: string, steps: string[]) {
    const key = keyOf(db, session) ?? -1;
    const some = steps.length <= MOST_STEPS;
    const places: StepPlace[] = some ? stepPlaces(db, key, steps) : stepRows(db, key);
    this.#db = db;
    this.#key = key;
    this.#places = new Map(places.map(place => [place.id, place]));
    this.#requests = new Requests(db, key, places, some ? "some" : undefined);
    this.#agents = new Agents(db, key, places, this.#requests);
    const prompts = db.all<{ id: string; startedAt: number }>(PROMPTS, [key]);
    this.#prompts = [{ id: "", startedAt: 0 }, ...prompts];
  }

  promptOf(step: string): string | null {
    const place = this.#places.get(step);
    return place ? chapterOf(this.#prompts, place, this.#agents).id || null : null;
  }

  costOf(step: string): number {
    return dollars(this.#requests.shareOf({ id: step }));
  }

  modelOf(step: string): string | null {
    const request = this.#places.get(step)?.request ?? "";
    return (
      this.#db.get<{ model: string | null }>("select model from request where id = ?", [request])?.model ??
      null
    );
  }

  /** A sub-agent and all that it started in turn. */
  withThoseOf(agent: string): Set<string> {
    const rows = this.#db.all<{ id: string; parent: string | null }>(AGENTS, [this.#key]);
    const all = new Set([agent]);
    for (let before = 0; before < all.size; ) {
      before = all.size;
      for (const { id, parent } of rows) if (parent !== null && all.has(parent)) all.add(id);
    }
    return all;
  }
}

/** What a person asked, as far as it can still be read. */
export function promptSaid(db: Engine, words: Words, id: string | null): string {
  const spot = id === null ? undefined : db.get<Spot>(PROMPT, [id]);
  const said = spot && (promptText(words.line(spot)) ?? words.kept("prompt", id ?? ""));
  return said === undefined ? "" : readable(said);
}
