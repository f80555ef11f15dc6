import { writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { keepPrices, newerPrices } from "../../../extension/db/price-file.ts";
import { assistantLine, userLine } from "../../lines.ts";
import { scratch } from "../../scratch.ts";
import { openOwner } from "../open-owner.ts";
import { providersWith } from "../prices.ts";

const model = {
  id: "claude-dream-6",
  match: { equals: "claude-dream-6" },
  prices: { input_mtok: 3, output_mtok: 5 },
};

test("a list is kept until the package has another one; what is no list changes nothing", async () => {
  await using folder = await scratch();
  expect(newerPrices(folder.path)).toBeUndefined();
  expect(keepPrices(folder.path, providersWith(model))).toEqual({ models: 13, changed: true });
  expect(keepPrices(folder.path, providersWith(model))).toEqual({ models: 13, changed: false });
  expect(() => keepPrices(folder.path, "[]")).toThrow("The prices stay as they were.");
  expect(newerPrices(folder.path)?.[0]).toEqual(model);
  const text = providersWith(model);
  await writeFile(folder.at("prices.json"), JSON.stringify({ instead: "an older package's", text }));
  expect(newerPrices(folder.path)).toBeUndefined();
  await writeFile(folder.at("prices.json"), "{");
  expect(newerPrices(folder.path)).toBeUndefined();
});

test("costs are counted anew by a list that was fetched, and by it from then on", async () => {
  const usage = { input_tokens: 1_000_000, output_tokens: 0 };
  const session = userLine("Hello.") + assistantLine({ model: model.id, content: [], usage });
  await using home = await scratch({ ".claude/projects/-shop/a.jsonl": session });
  {
    await using owner = openOwner(home.path);
    await owner.ready();
    const costs = async () => {
      const [row] = await owner.sessions({}).catch(() => []);
      return row && [row.costUsd, row.unpricedModels];
    };
    await expect.poll(costs, { timeout: 20_000 }).toEqual([0, [model.id]]);
    expect(await owner.takePrices(providersWith(model))).toEqual({ models: 13, changed: true });
    await expect.poll(costs, { timeout: 20_000 }).toEqual([3, []]);
    await expect(owner.takePrices("[]")).rejects.toThrow("This is not the list of prices");
  }
  await using later = openOwner(home.path);
  await later.ready();
  expect((await later.sessions({}))[0]?.costUsd).toBe(3);
});
