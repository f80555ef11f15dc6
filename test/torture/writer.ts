/** Writes to a store until it is killed, and says of each commit that it is stored. */
import { openSync, readFileSync, writeSync } from "node:fs";
import { Care } from "../../extension/db/care.ts";
import { openStore, STORE } from "../../extension/db/open.ts";
import { loadSQLite } from "../../extension/db/sqlite.ts";
import { Store } from "../../extension/db/store.ts";
import { write } from "../extension/db/store-helpers.ts";
import { someFacts } from "./facts.ts";

async function main([dataDir = "", wasm = "", first = "0", acks = ""]: string[]): Promise<void> {
  const { db } = openStore(await loadSQLite(readFileSync(wasm)), dataDir);
  const store = new Store(db, 2);
  const care = new Care(db, `${dataDir}/${STORE}`);
  const told = openSync(acks, "a");
  for (let n = Number(first); ; n++) {
    write(store, "/transcript.jsonl", someFacts(n), { cursor: n + 1 });
    writeSync(told, `${n}\n`);
    if (n % 50 === 49) care.compact();
  }
}

void main(process.argv.slice(2));
