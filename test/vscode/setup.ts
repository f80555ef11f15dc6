import { afterAll, afterEach } from "vitest";
import { settleFolders } from "./folder.ts";
import { version } from "./version.ts";
import { settleWindows } from "./witness.ts";

let failed = false;

afterEach(async ({ task }) => {
  const broken = task.result?.state === "fail";
  failed ||= broken;
  const pictures = await settleWindows(broken, task.name, version);
  for (const path of pictures) process.stderr.write(`What "${task.name}" saw last: ${path}\n`);
});

afterAll(() => {
  for (const path of settleFolders(failed)) process.stderr.write(`Kept because of KEEP=1: ${path}\n`);
});
