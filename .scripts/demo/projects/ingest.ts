import { Project } from "../project.ts";

const reader = `"""Reads CSV exports."""

import csv
from pathlib import Path

Row = dict[str, str]


def read_rows(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
`;

const store = `"""Keeps imported rows."""

import sqlite3


class Store:
    def __init__(self, path: str = ":memory:") -> None:
        self.db = sqlite3.connect(path)
        self.db.execute("create table if not exists entry (id text primary key, amount integer)")

    def insert_many(self, rows) -> None:
        with self.db:
            self.db.executemany("insert into entry values (:id, :amount)", rows)

    def count(self) -> int:
        return self.db.execute("select count(*) from entry").fetchone()[0]
`;

const importer = `"""Loads an export into the store."""

from pathlib import Path

from ingest.reader import read_rows
from ingest.store import Store


def run(path: Path, store: Store) -> int:
    rows = read_rows(path)
    store.insert_many(rows)
    return len(rows)
`;

const importerTest = `import sqlite3

import pytest

from ingest.importer import run
from ingest.store import Store


def export(tmp_path, ids):
    path = tmp_path / "export.csv"
    path.write_text("id,amount\\n" + "".join(f"{id},100\\n" for id in ids))
    return path


def test_imports_every_row(tmp_path):
    store = Store()
    assert run(export(tmp_path, range(12_000)), store) == 12_000
    assert store.count() == 12_000


def test_imports_nothing_when_an_id_comes_twice(tmp_path):
    store = Store()
    with pytest.raises(sqlite3.IntegrityError):
        run(export(tmp_path, [*range(12_000), 17]), store)
    assert store.count() == 0
`;

/** A Python service that imports exports; its CLAUDE.md and MCP servers are big. */
export function ingest(): Project {
  return new Project("ingest", 82_700, {
    "ingest/importer.py": importer,
    "ingest/reader.py": reader,
    "ingest/store.py": store,
    "tests/test_importer.py": importerTest,
  });
}
