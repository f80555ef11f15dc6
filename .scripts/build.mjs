// Builds the bundles into dist/: seven for Node (window, recorder, its parsers, gRPC, mail, terminal, and what listens for it), the webview's, and the page that exports fill.
import { mkdirSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { build, context } from "esbuild";
import providers from "../extension/clean/providers.json" with { type: "json" };
import { replayFile } from "./replay-file.mjs";

const watch = process.argv.includes("--watch");
const shared = {
  bundle: true,
  outdir: "dist",
  sourcemap: true,
  minify: !watch,
  logLevel: "info",
};

/** Of the price list of all the world's models only those that `clean/prices.ts` asks for go into the bundles. */
const fewPrices = {
  name: "few-prices",
  setup(build) {
    build.onLoad({ filter: /genai-prices[\\/]dist[\\/]index\.js$/ }, async ({ path }) => {
      const { findProvider, REMOTE_DATA_JSON_URL } = await import(pathToFileURL(path));
      const kept = providers.map(providerId => {
        const { models } = findProvider({ providerId });
        return [providerId, { models: models.map(({ id, match, prices }) => ({ id, match, prices })) }];
      });
      return {
        contents: `const known = ${JSON.stringify(Object.fromEntries(kept))};
          export const REMOTE_DATA_JSON_URL = ${JSON.stringify(REMOTE_DATA_JSON_URL)};
          export const findProvider = ({ providerId }) => known[providerId];`,
      };
    });
  },
};

const node = {
  ...shared,
  entryPoints: [
    "extension/main.ts",
    "extension/parser.ts",
    "extension/listener.ts",
    "extension/recorder.ts",
    "extension/cli.ts",
    "extension/serve/grpc.ts",
    "extension/alerts/mail.ts",
    "node_modules/sql.js/dist/sql-wasm.wasm",
  ],
  entryNames: "[name]",
  loader: { ".wasm": "copy" },
  platform: "node",
  target: "node20",
  format: "cjs",
  // gRPC wants the loader only to describe itself, which nobody asks for; with it come 140 kB of protobufjs.
  external: ["vscode", "@grpc/proto-loader"],
  // What its package.json names first cannot be bundled.
  alias: { "jsonc-parser": "jsonc-parser/lib/esm/main.js" },
  plugins: [fewPrices],
};

const webview = {
  ...shared,
  entryPoints: { webview: "webview/main.tsx" },
  assetNames: "[name]",
  loader: { ".ttf": "file" },
  platform: "browser",
  target: "chrome130",
  format: "iife",
  jsx: "automatic",
  jsxImportSource: "preact",
};

mkdirSync("out", { recursive: true }); // vsce writes the package there and does not make it
for (const bundle of [node, webview, replayFile(webview)]) {
  if (watch) await (await context(bundle)).watch();
  else await build(bundle);
}
