import { expect, test } from "vitest";
import { Owner, type OwnerStatus } from "../../../extension/base/owner.ts";
import { scratch } from "../../scratch.ts";

test("a recorder that can't start is told with its reason, and tried again", async () => {
  await using folder = await scratch();
  const place = { dataDir: folder.at("data"), folders: [], port: 0 };
  const owner = new Owner(folder.at("no-recorder.js"), place, () => {});
  try {
    await expect(owner.sessions()).rejects.toThrow("still starting");
    const seen: OwnerStatus[] = [];
    owner.statusChanged.on(status => seen.push(status));
    await expect.poll(() => owner.status.kind).toBe("failed");
    expect(owner.status).toMatchObject({ message: expect.stringContaining("no-recorder.js") });
    await expect(owner.ready()).rejects.toThrow("no-recorder.js");
    await expect(owner.sessions()).rejects.toThrow("no-recorder.js");
    await expect.poll(() => seen.length).toBeGreaterThan(1);
  } finally {
    await owner.close();
  }
});

test("closing while it still starts takes no time", async () => {
  await using folder = await scratch();
  const owner = new Owner(
    folder.at("no-recorder.js"),
    { dataDir: folder.path, folders: [], port: 0 },
    () => {},
  );
  const before = performance.now();
  await owner.close();
  expect(performance.now() - before).toBeLessThan(5000);
});
