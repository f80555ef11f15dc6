import type { Call } from "./call.ts";
import type { ClientLines } from "./client-lines.ts";
import type { Account, Model } from "./ledger.ts";
import type { Material } from "./material.ts";
import type { CacheTime } from "./request.ts";
import type { Tally } from "./truth.ts";

/** What stays the same in a conversation. */
export interface Setting {
  model: Model;
  cache: CacheTime;
  /** How many hooks are told of each event. */
  hooks: number;
  material: Material;
  client: ClientLines;
  tally: Tally;
  /** What the session came to, as the client itself counts it. */
  account: Account;
  /** Starts a sub-agent, where that is possible. */
  agent?: ((promptId: string) => Call) | undefined;
}
