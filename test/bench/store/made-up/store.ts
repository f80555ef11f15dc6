import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Engine } from "../../../../extension/db/engine.ts";
import { MIGRATIONS } from "../../../../extension/db/migrations.ts";
import { openStore, STORE } from "../../../../extension/db/open.ts";
import { Store } from "../../../../extension/db/store.ts";
import { sharedSQLite } from "../../../extension/db/open-scratch.ts";
import { write } from "../../../extension/db/store-helpers.ts";
import { Chance } from "./chance.ts";
import { MadeUpSession, type Plan } from "./session.ts";
import { DAYS, END } from "./year.ts";

const SEED = 20261121;
const DAY = 24 * 60 * 60 * 1000;

/** What was measured of the sessions below: so many of them make a megabyte. */
const SESSIONS_PER_MB = 7.25;
const SESSIONS_PER_TRANSACTION = 20;
const LONG = { steps: 2000, before: 5 };
const PROJECTS = ["shop", "api", "web", "docs", "infra", "mobile", "billing", "search", "auth", "lab"].map(
  name => `/home/sam/dev/${name}`,
) as [string];

/** The file of a made-up store of about this size; it is made only once, through the product's own `Store`. */
export async function madeUpStore(folder: string, megabytes: number): Promise<string> {
  const name = `${megabytes}-mb-seed-${SEED}-schema-${MIGRATIONS.length}-${fingerprint()}`;
  const made = join(folder, name);
  if (existsSync(made)) return join(made, STORE);
  const former = readdirSync(folder).filter(name => name.startsWith(`${megabytes}-mb-`));
  for (const name of former) await rm(join(folder, name), { recursive: true });
  const partial = `${made}.partial`;
  await fill(partial, megabytes);
  await rename(partial, made);
  return join(made, STORE);
}

/** Changes when what is made changes, or the tables that it is put in. */
function fingerprint(): string {
  const hash = createHash("sha256");
  for (const file of readdirSync(import.meta.dirname).sort())
    hash.update(readFileSync(join(import.meta.dirname, file)));
  for (const migration of MIGRATIONS) hash.update(migration);
  return hash.digest("hex").slice(0, 12);
}

async function fill(folder: string, megabytes: number): Promise<void> {
  const { db } = openStore(await sharedSQLite(), folder);
  const store = new Store(db, 3);
  const count = Math.round(megabytes * SESSIONS_PER_MB);
  for (let from = 0; from < count; from += SESSIONS_PER_TRANSACTION)
    db.transaction(() => {
      for (let i = from; i < Math.min(count, from + SESSIONS_PER_TRANSACTION); i++)
        add(store, planOf(i, count), i);
    });
  assertWhole(db, count);
  db.close();
}

function add(store: Store, plan: Plan, number: number): void {
  const { id, facts } = new MadeUpSession(new Chance(SEED + number), plan);
  const path = `/home/sam/.claude/projects/${plan.project.replaceAll("/", "-")}/${id}.jsonl`;
  write(store, path, facts);
}

/** Sessions come in the order of their days; one near the end is very long. */
function planOf(number: number, count: number): Plan {
  const chance = new Chance(number);
  const at = END - DAYS * DAY * (1 - number / count);
  const steps = number === count - LONG.before ? LONG.steps : chance.skewed(8, 400);
  return { at: Math.round(at), steps, project: chance.pick(PROJECTS) };
}

function assertWhole(db: Engine, count: number): void {
  const found = db.get<{ n: number; longest: number }>(
    "select count(*) as n, max(steps) as longest from total",
  );
  if (found?.n !== count || found.longest !== LONG.steps) throw new Error("The made-up store is not whole.");
}
