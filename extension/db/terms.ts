import { createHash } from "node:crypto";
import { countTimeIn, timeZone } from "../base/zone.ts";
import { type Tier, usageRank } from "../clean/facts.ts";
import { Prices } from "../clean/prices.ts";
import { Redactor } from "../clean/redact.ts";
import type { Terms } from "../clean/turn.ts";
import type { Care } from "./care.ts";
import type { Engine } from "./engine.ts";
import { recut } from "./recut.ts";

/** The terms that somebody asks for; who does not say any keeps to those of before. */
export type AskedTerms = { [Name in keyof Terms]?: Terms[Name] | undefined };

/** Brings what is stored in line with the terms that are asked for, and answers them; time is counted by them from then on. */
export function settle(db: Engine, care: Care, asked: AskedTerms): Terms {
  const known = new Map(
    db
      .all<{ name: string; value: string }>("select name, value from setting")
      .map(row => [row.name, row.value]),
  );
  const before = Number(known.get("tier") ?? 1) as Tier;
  const tier = asked.tier ?? before;
  const prices = asked.prices ?? (JSON.parse(known.get("prices") ?? "{}") as Terms["prices"]);
  const patterns = known.get("redact") ?? "[]";
  const redact = asked.redact ?? (JSON.parse(patterns) as string[]);
  const zone = asked.timeZone ?? known.get("timeZone") ?? "";
  countTimeIn();
  const cutIn = known.get("cutIn") ?? timeZone();
  countTimeIn(zone);
  const { list: newer } = asked;
  const list = createHash("sha1")
    .update(Prices.list(newer))
    .update(JSON.stringify(prices))
    .digest("base64url");
  // First, so that it is done again if the recorder ends before it is over.
  if (tier < before) care.lowerTier(tier);
  if (tier > 1 && JSON.stringify(redact) !== patterns) care.redact(new Redactor(redact));
  db.transaction(() => {
    if (known.has("list") && known.get("list") !== list) reprice(db, new Prices(prices, newer));
    if (cutIn !== timeZone()) recut(db);
    if (tier > before) readAgain(db);
    const values = {
      tier: String(tier),
      prices: JSON.stringify(prices),
      list,
      redact: JSON.stringify(redact),
      timeZone: zone,
      // The machine may be taken elsewhere.
      cutIn: timeZone(),
    };
    for (const [name, value] of Object.entries(values))
      if (known.get(name) !== value)
        db.run(
          "insert into setting (name, value) values (?, ?) on conflict do update set value = excluded.value",
          [name, value],
        );
  });
  return { tier, prices, list: newer, redact, timeZone: zone };
}

/** Has all transcripts read from their start: what was not kept before is to be kept now. */
function readAgain(db: Engine): void {
  db.run("update source set cursor = 0, memory = null, skipped = 0");
  db.run("delete from unknown");
}

interface Row {
  id: string;
  model: string;
  at: number;
  input: number;
  output: number;
  cache_read: number;
  cache_write_5m: number;
  cache_write_1h: number;
  web_searches: number;
  geo: string | null;
  cost: number | null;
}

/** Counts anew what requests cost; what telemetry said itself stays. */
function reprice(db: Engine, prices: Prices): void {
  const rows = db.all<Row>("select * from request where model is not null and usage_rank < ?", [
    usageRank.telemetry,
  ]);
  for (const row of rows) {
    const tokens = {
      ...{ input: row.input, output: row.output, cacheRead: row.cache_read, webSearches: row.web_searches },
      ...{ cacheWrite5m: row.cache_write_5m, cacheWrite1h: row.cache_write_1h, geo: row.geo ?? undefined },
    };
    const cost = prices.cost(row.model, tokens, row.at) ?? null;
    if (cost !== row.cost) db.run("update request set cost = ? where id = ?", [cost, row.id]);
  }
  // Also what was told its cost could have been read from the cache at another price.
  db.run("insert or ignore into stale select key from session");
}
