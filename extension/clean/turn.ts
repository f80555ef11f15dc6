import type { Fact, Spot, Tier } from "./facts.ts";
import type { Json } from "./json.ts";
import type { Memory } from "./memory.ts";
import type { Prices } from "./prices.ts";
import { Redactor } from "./redact.ts";

/** What lines are interpreted with. */
export interface Context {
  /** The keyed hash of a path: the only way in which the lowest tier keeps it. */
  hash(path: string): string;
  prices: Prices;
  tier: Tier;
}

/** A line that is being interpreted, with all that its parts have in common. */
export interface Turn {
  line: Json;
  /** The bytes that it was parsed from, of which long texts may have been left out. */
  bytes: Uint8Array;
  spot: Spot;
  at: number;
  session: string;
  /** The sub-agent that wrote it. */
  agent: string | undefined;
  context: Context;
  memory: Memory;
  /** Reads an earlier line of the same file again, in full. */
  again(spot: Spot): Json | undefined;
  tell(fact: Fact): void;
  /** Notes something that this version does not know. */
  wonder(what: string): void;
}

const redactor = new Redactor();

/** Keeps words without the secrets in them, if the tier lets them be. */
export function keep(
  turn: Turn,
  of: string,
  owner: string,
  tier: Tier,
  words: () => string | undefined,
): void {
  if (tier > turn.context.tier) return;
  const said = words();
  if (!said) return;
  turn.tell({ kind: "content", session: turn.session, of, owner, tier, text: redactor.redact(said) });
}
