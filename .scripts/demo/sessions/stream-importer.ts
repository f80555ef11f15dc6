import { agent } from "../agent.ts";
import { bash, commit, rewrite } from "../bash.ts";
import { say, think } from "../blocks.ts";
import type { Project } from "../project.ts";
import type { DemoFile } from "../scope.ts";
import { Session } from "../session.ts";
import { addTask, edit, read, setTask, write } from "../tools.ts";
import * as code from "./stream-importer-code.ts";
import * as output from "./stream-importer-output.ts";

const test = "python -m pytest -q";

/** The long and expensive one: five prompts, pauses that let the cache go cold, a full context. */
export function streamImporter(project: Project): DemoFile[] {
  const s = new Session({
    project,
    seed: 1117,
    start: "2026-11-17T13:30:08Z",
    model: "opus 5.5",
    effort: "high",
    title: "Port the importer to streams",
  });
  plan(s);
  s.wait(342);
  streamReader(s);
  s.wait(25);
  importInBatches(s);
  s.wait(433);
  collectBrokenRows(s);
  s.wait(31);
  finish(s);
  return s.quit();
}

function plan(s: Session): void {
  s.prompt(
    "The importer reads the whole file into memory and customers now send 4 GB exports. Plan the port to streams. Do not change anything yet.",
  );
  s.reply(
    think("First the whole path of a row, from file to table.", 5_100),
    read("ingest/importer.py"),
    read("ingest/reader.py"),
    read("ingest/store.py"),
  );
  s.reply(
    bash("python -m bench.memory 1_000_000", "Measure a million rows", output.memoryBefore, { ms: 9_300 }),
  );
  s.reply(
    think(
      "Reader first, it has one caller. Then batches, and all or nothing must stay. Broken rows last.",
      12_600,
    ),
    addTask("Import in batches", "5000 rows at a time, all or nothing", "Importing in batches"),
    addTask("Collect broken rows", "Go on after a broken row and report it", "Collecting broken rows"),
  );
  s.reply(
    say(
      "Three steps. 1: `read_rows` becomes a generator; it has one caller. 2: `run` inserts batches; today one `insert_many` is one transaction, so the transaction has to move up or a failing file stays half imported. 3: broken rows are collected instead of raised. Today a million rows need 689 MB; afterwards it should be the same for any size.",
    ),
  );
}

function streamReader(s: Session): void {
  s.prompt("Good plan. Start with the reader, and test it.");
  s.reply(
    think("A generator holds the file open while it is read. A test should notice if it reads ahead.", 9_800),
    write("ingest/reader.py", code.lazyReader),
    write("tests/test_reader.py", code.readerTests),
  );
  s.reply(bash(test, "Run all tests", output.noLength, { ms: 3_200, exit: 1 }));
  s.reply(
    say(
      "The reader streams and its tests pass. The importer still asks for `len(rows)` and fails until it takes batches, which is step two.",
    ),
  );
}

function importInBatches(s: Session): void {
  s.prompt("now the importer and the store, in batches of 5000");
  s.reply(
    think("itertools.batched needs 3.12, which the project has.", 9_900),
    edit("ingest/importer.py", code.importAll, code.importBatches),
  );
  s.reply(bash(test, "Run all tests", output.halfImported, { ms: 4_100, exit: 1 }));
  s.refused(529, "overloaded_error", "Overloaded", 1);
  s.refused(529, "overloaded_error", "Overloaded", 2);
  s.reply(
    think(
      "Each batch commits for itself, so 10 000 rows stay behind. The transaction belongs to the run.",
      15_400,
    ),
    say("Two batches were committed before the third failed. The transaction has to span the whole run."),
    write("ingest/store.py", code.storeWithTransaction),
    edit("ingest/importer.py", code.withoutTransaction, code.withTransaction),
  );
  const memory = measureMemory();
  s.reply(memory);
  s.reply(
    bash(`${test} && python -m mypy ingest`, "Run all tests, check types", output.fourPassed, {
      ms: 96_000,
    }),
  );
  s.absorb(memory);
  s.reply(setTask(1, "completed"), commit("Import in batches of 5000 rows"));
  s.reply(
    say(
      "Batches of 5000 in one transaction: a file is imported completely or not at all. A million rows now need 31 MB instead of 689, and ten million need the same. Committed.",
    ),
  );
}

function measureMemory() {
  const job = {
    type: "general-purpose",
    model: "haiku 5.5",
    description: "Measure memory",
    prompt:
      "Run python -m bench.memory with 1_000_000 and 10_000_000 rows, note the peaks in bench/RESULTS.md and report them.",
    background: true,
  } as const;
  return agent(job, helper => {
    helper.reply(
      bash("python -m bench.memory 1_000_000", "Measure a million rows", output.memoryOne, { ms: 7_900 }),
      bash("python -m bench.memory 10_000_000", "Measure ten million", output.memoryTen, { ms: 68_000 }),
    );
    helper.reply(write("bench/RESULTS.md", code.results));
    helper.reply(
      say("Peak memory: 31 MB for 1 000 000 rows, 31 MB for 10 000 000. Noted in bench/RESULTS.md."),
    );
  });
}

function collectBrokenRows(s: Session): void {
  s.prompt(
    "A broken row must not lose the whole file. Collect them with line and reason, go on with the rest.",
  );
  s.reply(
    think("A broken row is a value, not an exception, and only the reader knows its line.", 14_700),
    write("ingest/errors.py", code.errors),
    write("ingest/reader.py", code.tolerantReader),
  );
  s.reply(
    think("The result of a run carries both, the count and what was left out.", 11_600),
    write("ingest/importer.py", code.tolerantImporter),
    rewrite(
      "sed -i 's/store) == 12_000/store).count == 12_000/' tests/test_importer.py",
      "Follow the new result in the test",
      ["tests/test_importer.py"],
      text => text.replace("store) == 12_000", "store).count == 12_000"),
    ),
    write("tests/test_reader.py", code.tolerantTests),
  );
  s.reply(bash(test, "Run all tests", output.wrongLine, { ms: 4_300, exit: 1 }));
  s.compacted(output.summary);
  s.reply(
    say("`enumerate` counts rows, but a quoted value may span lines. The reader itself knows the line."),
    edit("ingest/reader.py", code.countedRows, code.readerLines),
  );
  s.reply(bash(test, "Run all tests", output.fivePassed, { ms: 4_200 }));
  s.reply(setTask(2, "completed"));
  s.reply(
    say(
      "`run` returns how many rows it imported and the broken ones with line and reason. Line numbers are right also after a quoted value with a line break.",
    ),
  );
}

function finish(s: Session): void {
  s.prompt("commit, and tell me what is left");
  s.reply(commit("Collect broken rows"));
  s.reply(
    say(
      "Committed. Left: nobody reads `Result.broken` yet, the command line should print it; and a file with a million broken rows would still fill memory, a limit of some thousand would do.",
    ),
  );
}
