import type { Chance } from "../../store/made-up/chance.ts";
import type { Model } from "./ledger.ts";
import type { CacheTime } from "./request.ts";

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** What is decided about a session before it is told. */
export interface Plan {
  /** The same seed tells the same story: a fork tells the beginning of another session's. */
  seed: number;
  at: number;
  project: string;
  branch: string;
  entrypoint: "cli" | "sdk-cli";
  model: Model;
  cache: CacheTime;
  hooks: number;
  turns: number;
  /** The most rounds of tool calls in a turn. */
  busy: number;
}

const PROJECTS = "shop,api,web,docs,infra,mobile,billing,search,auth,lab,café,my app"
  .split(",")
  .map(name => `/home/sam/dev/${name}`) as [string, ...string[]];
const BRANCHES = ["main", "main", "fix/total", "feature/search-index", "sam/try-2"] as const;
const MODELS: readonly [Model, ...Model[]] = [
  ...(["claude-opus-5", "claude-opus-5", "claude-opus-4-8", "claude-opus-4-8", "claude-sonnet-5"] as const),
  ...(["claude-sonnet-5", "claude-sonnet-4-5-20250929", "claude-opus-4-5-20251101"] as const),
];

/** The first sessions are short, so that a small corpus has some of everything too. */
const SHORT = 12;
/** One in so many was at work in the last 24 hours, and one in so many is a fork. */
const [RECENT, FORKS] = [16, 15];
/** One in so many goes on for days. */
const ENDLESS = 150;

export function planOf(number: number, chance: Chance, now: number): Plan {
  const recent = number % RECENT === 3;
  const endless = number % ENDLESS === ENDLESS - 1;
  return {
    seed: chance.whole(0, 2 ** 31),
    at: now - (recent ? chance.whole(HOUR, DAY - HOUR) : chance.whole(DAY + HOUR, 365 * DAY)),
    project: chance.pick(PROJECTS),
    branch: chance.pick(BRANCHES),
    entrypoint: chance.happens(0.75) ? "cli" : "sdk-cli",
    model: chance.pick(MODELS),
    cache: chance.happens(0.5) ? "1h" : "5m",
    hooks: chance.happens(0.9) ? 2 : 1,
    turns: number < SHORT ? chance.whole(2, 3) : endless ? 100 : Math.floor(45 ** (chance.next() ** 3)),
    busy: number < SHORT ? 4 : 45,
  };
}

/** Whether a session begins with the history of one before it. */
export function isFork(number: number): boolean {
  return number % FORKS === 5;
}
