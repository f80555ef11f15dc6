import { expect, test } from "vitest";
import { Client } from "../../../extension/base/client.ts";
import { Wire } from "../../../extension/base/wire.ts";
import { serving } from "../serve/serving.ts";

const ODD = "a/b?c=d&é ☕%2F";

test.each<[string, (client: Client) => Promise<unknown>, unknown]>([
  ["all sessions", client => client.sessions(), [{}]],
  [
    "some sessions",
    client => client.sessions({ limit: 5, project: ODD, before: "5,a" }),
    [{ limit: 5, project: ODD, before: "5,a" }],
  ],
  [
    "steps",
    client => client.timeline(ODD, { after: ODD, limit: 1 }),
    [{ session: ODD, after: ODD, limit: 1 }],
  ],
  ["edits", client => client.edits({ file: ODD }), [{ file: ODD }]],
  [
    "changes",
    client => client.changes(ODD, { agent: ODD }),
    { title: JSON.stringify({ session: ODD, agent: ODD }), files: [] },
  ],
  [
    "what to take back",
    client => client.takeBack(ODD, { step: ODD, path: ODD, text: ODD }),
    expect.objectContaining({ text: JSON.stringify({ session: ODD, step: ODD, path: ODD, text: ODD }) }),
  ],
  [
    "blame",
    client => client.blame({ path: ODD, text: ODD }),
    { spans: [], steps: [], others: [], path: ODD, text: ODD },
  ],
  ["a file's history", client => client.fileHistory(ODD), [{ file: ODD }]],
  [
    "usage",
    client => client.usage({ by: "model", from: "2026-11-21" }),
    [{ by: "model", from: "2026-11-21" }],
  ],
  ["a search", client => client.search({ q: ODD, from: "1,a" }), { matches: [{ q: ODD, from: "1,a" }] }],
])("what is asked comes through as it was meant: %s", async (_, ask, answer) => {
  await using serve = serving();
  const wire = new Wire(await serve.listen(), "right");
  const client = new Client(() => wire);
  expect(await ask(client)).toEqual(answer);
  wire.close();
});

test("a refusal is told in the recorder's words", async () => {
  await using serve = serving();
  const wire = new Wire(await serve.listen(), "right");
  const client = new Client(() => wire);
  await expect(client.edits({})).rejects.toThrow("Say of which session or of which file.");
  wire.close();
});
