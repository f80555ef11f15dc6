/** The reader as a generator. */
export const lazyReader = `"""Reads CSV exports."""

import csv
from collections.abc import Iterator
from pathlib import Path

Row = dict[str, str]


def read_rows(path: Path) -> Iterator[Row]:
    """Yields one row at a time, so memory does not grow with the file."""
    with path.open(newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)
`;

const readerTestHead = `def export(tmp_path, rows):
    path = tmp_path / "export.csv"
    path.write_text("id,amount\\n" + rows)
    return path
`;

/** Tests of the reader as a generator. */
export const readerTests = `from ingest.reader import read_rows


${readerTestHead}

def test_reads_rows_in_order(tmp_path):
    rows = read_rows(export(tmp_path, "a,1\\nb,2\\n"))
    assert [row["id"] for row in rows] == ["a", "b"]


def test_can_stop_early(tmp_path):
    rows = read_rows(export(tmp_path, "a,1\\n" * 100_000))
    assert next(rows)["id"] == "a"
    rows.close()
`;

/** What `run` did at first. */
export const importAll = `from pathlib import Path

from ingest.reader import read_rows
from ingest.store import Store


def run(path: Path, store: Store) -> int:
    rows = read_rows(path)
    store.insert_many(rows)
    return len(rows)
`;

/** Batches without a transaction around them. */
export const withoutTransaction = `    for batch in batched(read_rows(path), BATCH):
        store.insert_many(batch)
        count += len(batch)
`;

/** The same within one transaction. */
export const withTransaction = `    with store.transaction():
        for batch in batched(read_rows(path), BATCH):
            store.insert_many(batch)
            count += len(batch)
`;

/** The first try at batches. */
export const importBatches = `from itertools import batched
from pathlib import Path

from ingest.reader import read_rows
from ingest.store import Store

BATCH = 5_000


def run(path: Path, store: Store) -> int:
    count = 0
${withoutTransaction}    return count
`;

/** The store with a transaction which the caller spans. */
export const storeWithTransaction = `"""Keeps imported rows."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager


class Store:
    def __init__(self, path: str = ":memory:") -> None:
        self.db = sqlite3.connect(path)
        self.db.execute("create table if not exists entry (id text primary key, amount integer)")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keeps everything that is inserted within it, or nothing."""
        with self.db:
            yield

    def insert_many(self, rows: Iterable[dict]) -> None:
        self.db.executemany("insert into entry values (:id, :amount)", rows)

    def count(self) -> int:
        return self.db.execute("select count(*) from entry").fetchone()[0]
`;

/** What the measuring agent wrote down. */
export const results = `# Peak memory

| rows       | before | now   |
| ---------- | ------ | ----- |
| 1 000 000  | 689 MB | 31 MB |
| 10 000 000 | -      | 31 MB |
`;

/** A broken row as a value. */
export const errors = `"""What can be wrong with an export."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Broken:
    """A row that was left out."""

    line: int
    reason: str
`;

const rest = `            try:
                amount = int(row["amount"])
            except (TypeError, ValueError) as error:
`;

/** Rows counted by hand. */
export const countedRows = `        for line, row in enumerate(csv.DictReader(file), start=2):
${rest}                broken.append(Broken(line, str(error)))
`;

/** Rows of a reader that knows its line. */
export const readerLines = `        reader = csv.DictReader(file)
        for row in reader:
${rest}                broken.append(Broken(reader.line_num, str(error)))
`;

/** The reader that goes on after a broken row. */
export const tolerantReader = `"""Reads CSV exports."""

import csv
from collections.abc import Iterator
from pathlib import Path

from ingest.errors import Broken

Row = dict[str, str | int]


def read_rows(path: Path, broken: list[Broken]) -> Iterator[Row]:
    """Yields one row at a time, so memory does not grow with the file."""
    with path.open(newline="", encoding="utf-8") as file:
${countedRows}            else:
                yield {"id": row["id"], "amount": amount}
`;

/** The importer that reports broken rows. */
export const tolerantImporter = `"""Loads an export into the store."""

from dataclasses import dataclass
from itertools import batched
from pathlib import Path

from ingest.errors import Broken
from ingest.reader import read_rows
from ingest.store import Store

BATCH = 5_000


@dataclass(frozen=True)
class Result:
    """What came of an import."""

    count: int
    broken: list[Broken]


def run(path: Path, store: Store) -> Result:
    broken: list[Broken] = []
    count = 0
    with store.transaction():
        for batch in batched(read_rows(path, broken), BATCH):
            store.insert_many(batch)
            count += len(batch)
    return Result(count, broken)
`;

/** Tests of the reader that goes on. */
export const tolerantTests = `from ingest.errors import Broken
from ingest.reader import read_rows


${readerTestHead}

def test_reads_rows_in_order(tmp_path):
    rows = read_rows(export(tmp_path, "a,1\\nb,2\\n"), [])
    assert [row["id"] for row in rows] == ["a", "b"]


def test_can_stop_early(tmp_path):
    rows = read_rows(export(tmp_path, "a,1\\n" * 100_000), [])
    assert next(rows)["id"] == "a"
    rows.close()


def test_names_the_line_of_a_broken_row(tmp_path):
    broken = []
    rows = list(read_rows(export(tmp_path, 'a,1\\n"b\\nb",2\\nc,three\\n'), broken))
    assert [row["id"] for row in rows] == ["a", "b\\nb"]
    assert broken == [Broken(5, "invalid literal for int() with base 10: 'three'")]
`;
