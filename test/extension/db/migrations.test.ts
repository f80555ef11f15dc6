import { expect, test } from "vitest";
import { openEngine } from "../../../extension/db/file-engine.ts";
import { MIGRATIONS, migrate } from "../../../extension/db/migrations.ts";
import { RULES } from "../../../extension/db/rules.ts";
import { scratch } from "../../scratch.ts";
import { openScratch, sharedSQLite } from "./open-scratch.ts";

/** What the first version had stored, as that version wrote it. */
const FIRST = `
insert into source (id, path, cursor, skipped) values (1, '/p/a.jsonl', 900, 2), (2, '/p/agent.jsonl', 100, 0);
insert into session values ('s1', 1, '/shop', 1000, 5000, 2, 1, 77, 10), ('s2', null, null, 3000, 3000, 0, null, null, null);
insert into prompt values ('s1', 'u1', 1000, 1, 0, 50);
insert into step values ('s1', 't1', 2000, 'Bash', null, 1, 1, 60, 70), ('s1', 't2', 3000, 'Edit', 'a1', 0, 2, 0, 80);`;

async function openAt(version: number, sql: string) {
  const folder = await scratch();
  const db = openEngine(await sharedSQLite(), folder.at("store.db"));
  migrate(db, version);
  db.exec(sql);
  const close = () => {
    db.close();
    return folder[Symbol.asyncDispose]();
  };
  return { db, [Symbol.asyncDispose]: close };
}

const tables = "select type, name, sql from sqlite_master where name not like 'sqlite_%' order by name";

test.each(MIGRATIONS.map((_, version) => version))(
  "from version %i one gets the same tables as anew",
  async version => {
    await using old = await openAt(version, "");
    await using fresh = await openScratch();
    migrate(old.db);
    expect(old.db.all(tables)).toEqual(fresh.db.all(tables));
  },
);

test("from version 1 all is carried over, and read again from the start", async () => {
  await using old = await openAt(1, FIRST);
  migrate(old.db);
  const { db } = old;
  expect(
    db.all("select id, project, started_at, ended_at, title_rank, title_offset from session order by id"),
  ).toEqual([
    { id: "s1", project: "/shop", started_at: 1000, ended_at: 5000, title_rank: 2, title_offset: 77 },
    { id: "s2", project: null, started_at: 3000, ended_at: 3000, title_rank: null, title_offset: null },
  ]);
  expect(db.all("select id, name, agent, source, offset from step order by id")).toEqual([
    { id: "t1", name: "Bash", agent: null, source: 1, offset: 60 },
    { id: "t2", name: "Edit", agent: "a1", source: 2, offset: 0 },
  ]);
  expect(db.all("select step from failure")).toEqual([{ step: "t1" }]);
  expect(db.all("select path, cursor, skipped from source")).toEqual([
    { path: "/p/a.jsonl", cursor: 0, skipped: 0 },
    { path: "/p/agent.jsonl", cursor: 0, skipped: 0 },
  ]);
  expect(db.all("select prompts, steps, failures from total")).toEqual([
    { prompts: 1, steps: 2, failures: 1 },
  ]);
  expect(db.all("select project, sum(steps) as steps from daily group by 1")).toEqual([
    { project: "/shop", steps: 2 },
  ]);
});

test("a migration that fails leaves the version before it", async () => {
  await using old = await openAt(1, "create view content_words as select 1");
  expect(() => migrate(old.db)).toThrow("already exists");
  expect(old.db.get("pragma user_version")).toEqual({ user_version: 1 });
  expect(old.db.all("select * from step")).toEqual([]);
});

test("a version from the future is refused", async () => {
  await using store = await openScratch();
  store.db.exec("pragma user_version = 99");
  expect(() => migrate(store.db)).toThrow("newer version");
});

test.each(Object.entries(RULES))("every column of %s has a rule", async (table, rules) => {
  await using store = await openScratch();
  const columns = store.db.all<{ name: string }>(`pragma table_info(${table})`).map(column => column.name);
  // A number that stands for a long id is no one's to say.
  const keys = { session: "key", file: "id" } as Record<string, string>;
  expect(Object.keys(rules).sort()).toEqual(columns.filter(name => name !== keys[table]).sort());
});
