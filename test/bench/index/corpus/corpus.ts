import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Chance } from "../../store/made-up/chance.ts";
import { WideChance } from "./chance.ts";
import { makeMaterial } from "./material.ts";
import { isFork, type Plan, planOf } from "./plan.ts";
import { type History, Session, type Told } from "./session.ts";
import { Tally, type Truth } from "./truth.ts";
import { writeWhole } from "./write-whole.ts";

/** Which corpus; the same wish gives the same bytes. */
export interface Wish {
  /** Holds `.claude`, so that it can stand in for a home, and beside it `truth.json`. */
  folder: string;
  bytes: number;
  seed: number;
  /** Nothing in it is later; it goes back a year from here. */
  now: number;
}

/** Forks are of one of the last so many sessions. */
const RECENT = 12;

/** Writes a Claude folder of about so many bytes of transcripts, and says what is in it. */
export function writeCorpus({ folder, bytes, seed, now }: Wish): { claude: string; truth: Truth } {
  const claude = join(folder, ".claude");
  rmSync(claude, { recursive: true, force: true });
  mkdirSync(claude, { recursive: true });
  const chance = new WideChance(seed, 0);
  const tally = new Tally();
  const studio = { projects: join(claude, "projects"), material: makeMaterial(chance), tally, now };
  const told: Told[] = [];
  for (let number = 0; tally.bytes < bytes; number++) {
    const plan = planOf(number, chance, now);
    const history = isFork(number) ? historyOf(told, chance) : undefined;
    const session = new Session(studio, history ? planOfFork(plan, history) : plan).tell(
      bytes - tally.bytes,
      history,
    );
    if (!history) told.push(session);
    if (told.length > RECENT) told.shift();
  }
  const truth = tally.truth(seed, now);
  writeWhole(join(folder, "truth.json"), `${JSON.stringify(truth, null, 2)}\n`, now);
  return { claude, truth };
}

/** It begins as what it is a fork of, and goes on in a way of its own. */
function planOfFork({ seed, turns }: Plan, { of }: History): Plan {
  return { ...of.plan, seed, turns };
}

function historyOf(told: Told[], chance: Chance): History | undefined {
  const of = told[chance.whole(0, told.length - 1)];
  return of && { of, turns: chance.whole(1, of.turns) };
}
