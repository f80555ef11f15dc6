/** Our side: the store as the extension opens it. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { openStore } from "../../../../extension/db/open.ts";
import { loadSQLite } from "../../../../extension/db/sqlite.ts";
import { serve } from "./serve.ts";

void serve("sql.js", async file => {
  const sqlite = await loadSQLite(readFileSync(join(__dirname, "sql-wasm.wasm")));
  return openStore(sqlite, dirname(file)).db;
});
