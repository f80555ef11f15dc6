import { expect, test } from "vitest";
import { loadSQLite } from "../../../extension/db/sqlite.ts";
import { unfamiliar } from "../unfamiliar-wasm.ts";

// The only test of this file: sql.js is loaded once in a process, whatever comes of it.
test("a sql.js whose file system has another name is refused", async () => {
  await expect(loadSQLite(unfamiliar())).rejects.toThrow(
    "This version of sql.js is not the one that Agent Trace was made for: its file system is unyx",
  );
});
