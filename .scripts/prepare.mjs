// What `npm start` and `npm test` need before they can run. Node's own modules only: nothing is installed yet.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureChromium } from "./chromium.mjs";
import { checkNode, installDependencies } from "./dependencies.mjs";
import { main } from "./step.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

await main(async () => {
  const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  checkNode(process.versions.node, engines.node);
  await installDependencies(root);
  if (process.argv.includes("--browser")) await ensureChromium();
});
