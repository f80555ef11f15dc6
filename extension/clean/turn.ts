import { keyedHash } from "../base/keyed-hash.ts";
import type { Fact, Spot, Tier } from "./facts.ts";
import type { Json } from "./json.ts";
import type { Memory } from "./memory.ts";
import type { PriceList } from "./price-list.ts";
import { type Price, Prices } from "./prices.ts";
import { Redactor } from "./redact.ts";

/** What lines are interpreted with. */
export interface Context {
  /** The keyed hash of a path: the only way in which the lowest tier keeps it. */
  hash(path: string): string;
  prices: Prices;
  tier: Tier;
  /** Takes the secrets out of words before they are kept. */
  redactor: Redactor;
}

/** On what terms words and costs are kept: as a store has them, and as one thread tells another. */
export interface Terms {
  tier: Tier;
  prices: Record<string, Partial<Price>>;
  /** A newer list of prices than the package's. */
  list?: PriceList | undefined;
  /** The user's own patterns of what is a secret, those that can be used. */
  redact: string[];
  /** The zone in which days are counted; the machine's when it is empty. */
  timeZone: string;
}

export function contextOf({ tier, prices, list, redact }: Omit<Terms, "timeZone">, key: string): Context {
  return { hash: keyedHash(key), prices: new Prices(prices, list), tier, redactor: new Redactor(redact) };
}

/** A line that is being interpreted, with all that its parts have in common. */
export interface Turn {
  line: Json;
  /** Another session's, in whose file it stands, too. */
  copied: boolean;
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
  turn.tell({
    kind: "content",
    session: turn.session,
    of,
    owner,
    tier,
    text: turn.context.redactor.redact(said),
  });
}
